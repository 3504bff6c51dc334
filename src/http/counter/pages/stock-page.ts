import type { Shelf } from '../../../../schemas/pharmacy-stock.ts'
import { PROBLEMS, type Problem } from '../../../domain/problems.ts'
import { STOCK_COLUMNS } from '../../../domain/stock/stock-line.ts'
import type { StaffPerson } from '../../../usecases/staff/session.ts'
import { button, errorSummary, notice, table, textField } from '../../pages/components.ts'
import { type Html, html } from '../../pages/html.ts'
import { shortMoment } from '../../pages/time-words.ts'
import { hidden } from '../counter.ts'
import { yuanText } from '../price-text.ts'

/** What is on the shelf, and a field for the books. */
export function stockPage(
  person: StaffPerson,
  { items, next }: Shelf,
  { problem, typed, tried }: { readonly problem?: Problem; readonly typed?: string; readonly tried?: number },
): Html {
  return html`<h1>库存</h1>
${problem === undefined ? undefined : faults(problem)}
${tried === undefined ? undefined : notice(`${tried} 行全部正确，可以上传。`)}
<form class="card" method="post" action="/counter/stock">${hidden(person)}<h2>上传购销存明细</h2>
<p>从表格软件复制后粘贴在这里，或选择 CSV 文件。第一行是列名：<code>${STOCK_COLUMNS.map(titleOf).join('、')}</code>。</p>
<p><label for="file">选择文件</label> <input id="file" type="file" accept=".csv,.txt" data-into="table"></p>
${textField({ name: 'table', label: '明细', value: typed, rows: 6, required: true, isScan: true })}
<div class="actions">${button({ label: '上传', key: 'F8' })}${button({ label: '只检查', kind: 'quiet', name: 'only', value: 'try' })}</div></form>
<section class="card">${table(
    '本店库存和价格',
    [
      {
        title: '药品',
        cell: ({ genericName, specification, drugCode }) =>
          html`${genericName ?? drugCode} <small>${specification ?? ''}</small><br><small>${drugCode}</small>`,
      },
      { title: '库存', cell: ({ quantity }) => quantity, isSum: true },
      { title: '单价（元）', cell: ({ unitPriceFen }) => yuanText(unitPriceFen), isSum: true },
      { title: '上报时间', cell: ({ reportedAt }) => shortMoment(new Date(reportedAt)) },
    ],
    items,
    '还没有上报库存，患者看不到本店有没有药。',
  )}
${next === undefined ? undefined : html`<p><a href="/counter/stock?after=${next}">下一页</a></p>`}</section>`
}

/** Every fault with its line: `第 3 行 药品编码：药品目录中没有此编码。` */
function faults({ code, fields, details }: Problem): Html {
  const { title, remedy } = PROBLEMS[code]
  const count = typeof details['faults'] === 'number' ? `共 ${details['faults']} 处。` : ''
  return errorSummary(
    `${title.zh}，一行也没有接收`,
    `${count}${remedy.zh}`,
    fields.map(({ path, message }) => {
      const [, line, column] = /^\/lines\/(\d+)(?:\/(.+))?$/.exec(path) ?? []
      const words = inTitles(message.zh)
      return line === undefined
        ? words
        : `第 ${line} 行${column === undefined ? '' : ` ${titleOfName(column)}`}：${words}`
    }),
  )
}

/** What people call a column. */
function titleOf({ name, aliases }: (typeof STOCK_COLUMNS)[number]): string {
  return aliases?.[0] ?? name
}

/** A sentence about the table, which names columns as programs do, with what people call them. */
function inTitles(sentence: string): string {
  return sentence
    .replace(/“(\w+)”/g, (_, name: string) => `“${titleOfName(name)}”`)
    .replace(STOCK_COLUMNS.map(({ name }) => name).join(','), STOCK_COLUMNS.map(titleOf).join('、'))
}

function titleOfName(name: string): string {
  const column = STOCK_COLUMNS.find((each) => each.name === name)
  return column === undefined ? name : titleOf(column)
}
