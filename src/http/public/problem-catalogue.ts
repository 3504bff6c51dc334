import type { FastifyReply } from 'fastify'
import { PROBLEMS, Problem, type ProblemCode, type ProblemEntry } from '../../domain/problems.ts'
import type { Hub } from '../plugins/hub.ts'
import { statusOf } from '../plugins/problem-details.ts'

const RETRY: Record<ProblemEntry['retry'], string> = {
  never: '不要重试 · do not send again',
  'after-change': '更正后重试 · send again after a change',
  later: '稍后原样重试 · send the same again later',
}

const page = {
  description: 'A page in Chinese and English',
  content: { 'text/html': { schema: { type: 'string' } } },
} as const

/** `GET /problems` and `GET /problems/{code}`: what each refusal means and what to do; the `type` of problems. */
export function problemCatalogueRoutes(app: Hub): void {
  app.get(
    '/problems',
    {
      schema: {
        operationId: 'readProblems',
        tags: ['public'],
        summary: 'All refusals and their remedies · 错误代码一览',
        response: { 200: page },
      } as const,
    },
    async (_request, reply) => sendPage(reply, '错误代码 · Refusals', Object.keys(PROBLEMS) as ProblemCode[]),
  )
  app.get(
    '/problems/:code',
    {
      schema: {
        operationId: 'readProblem',
        tags: ['public'],
        summary: 'One refusal and its remedy · 错误代码说明',
        params: {
          type: 'object',
          additionalProperties: false,
          required: ['code'],
          properties: {
            code: { type: 'string', pattern: '^[a-z][a-z0-9-]{2,60}$', examples: ['malformed'] },
          },
        },
        response: { 200: page },
      } as const,
      config: { refusals: ['not-found'] },
    },
    async (request, reply) => {
      const { code } = request.params
      if (!Object.hasOwn(PROBLEMS, code)) throw new Problem('not-found')
      return sendPage(reply, code, [code as ProblemCode])
    },
  )
  app.get('/problems.css', { schema: { hide: true } }, async (_request, reply) =>
    reply.type('text/css; charset=utf-8').header('cache-control', 'public, max-age=3600').send(STYLE),
  )
}

function sendPage(reply: FastifyReply, title: string, codes: readonly ProblemCode[]): FastifyReply {
  const entries = codes.map(entryOf).join('\n')
  const back = codes.length === 1 ? '<p><a href="/problems">全部 · all</a></p>' : ''
  return reply
    .type('text/html; charset=utf-8')
    .header('cache-control', 'public, max-age=300')
    .send(
      `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
        `<title>${escaped(title)}</title><link rel="stylesheet" href="/problems.css"></head>` +
        `<body><main><h1>${escaped(title)}</h1>${back}${entries}</main></body></html>`,
    )
}

function entryOf(code: ProblemCode): string {
  const { title, remedy, retry }: ProblemEntry = PROBLEMS[code]
  return (
    `<section id="${code}"><h2><a href="/problems/${code}"><code>${code}</code></a> <small>${statusOf(code)}</small></h2>` +
    `<p><b>${escaped(title.zh)}</b> ${escaped(remedy.zh)}</p>` +
    `<p lang="en"><b>${escaped(title.en)}.</b> ${escaped(remedy.en)}</p><p class="retry">${RETRY[retry]}</p></section>`
  )
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}

const STYLE = `
:root { color-scheme: light dark; }
body { margin: 0; font: 16px/1.6 system-ui, "PingFang SC", "Microsoft YaHei", sans-serif; }
main { max-width: 46rem; margin: 0 auto; padding: 1rem; }
section { border-top: 1px solid #8886; padding: .5rem 0; }
h2 { font-size: 1.05rem; margin: .3rem 0; }
small { opacity: .7; font-weight: 400; }
p { margin: .2rem 0; }
.retry { opacity: .75; font-size: .9rem; }
`
