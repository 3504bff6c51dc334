import { sendPage } from '../pages/send-page.ts'
import { STYLE, STYLE_PATH } from '../pages/style.ts'
import type { Hub } from '../plugins/hub.ts'
import { designPage } from './design-page.ts'
import { homePage } from './home-page.ts'

/** `/` for whoever comes without knowing where to, the style sheet of the pages, and in a sandbox how they are made. */
export function homeRoutes(app: Hub, mode: 'sandbox' | 'production'): void {
  const isSandbox = mode === 'sandbox'
  const hidden = { schema: { hide: true } } as const
  app.get('/', hidden, async (_request, reply) => sendPage(reply, homePage(isSandbox)))
  app.get(STYLE_PATH, hidden, async (_request, reply) =>
    reply
      .type('text/css; charset=utf-8')
      .header('cache-control', 'public, max-age=31536000, immutable')
      .send(STYLE),
  )
  if (isSandbox) app.get('/design', hidden, async (_request, reply) => sendPage(reply, designPage()))
}
