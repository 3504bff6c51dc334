import {
  button,
  checkbox,
  errorSummary,
  facts,
  field,
  notice,
  radios,
  selectField,
  table,
  tag,
  textField,
} from '../pages/components.ts'
import { type Html, html } from '../pages/html.ts'
import { page } from '../pages/shell.ts'
import { COLOURS } from '../pages/tokens.ts'

/** The tokens and components that pages are made of, each in its states. The browser's theme shows light or dark. */
export function designPage(): Html {
  const options = [
    { value: 'a', name: '药品缺货' },
    { value: 'b', name: '患者离开' },
  ]
  return page(
    { title: '页面组件', isSandbox: true },
    html`<h1>页面组件</h1>
<p class="lead">颜色按用途命名，浅色和深色同名；字号用 rem，随浏览器设置放大；间距为四分之一 rem 的倍数。</p>
<section class="card"><h2>颜色</h2><div class="swatches">${COLOURS.map(([ink, ground]) => html`<p class="swatch ink-${ink} on-ground-${ground}"><b>${ink}</b> / ${ground}<br>处方 Rx 1,234.50</p>`)}</div></section>
<section class="card"><h2>文字</h2><p class="big">¥1,234.50</p><h3>三级标题</h3><p>正文 1.0625rem。<small>小字不小于 1rem。</small></p><p class="lead">引导语</p><p class="hint">提示</p><p><code>4414000000000000000001</code></p></section>
<section class="card"><h2>按钮和标签</h2><form class="actions" action="/design">${button({ label: '主要操作', key: 'F8' })}${button({ label: '次要操作', kind: 'quiet' })}${button({ label: '不可撤回', kind: 'danger' })}</form><p>${tag('通过')} ${tag('提醒', 'amber')} ${tag('拒绝', 'warn')} ${tag('待接单', 'plain')}</p></section>
<section class="card"><h2>提示</h2>${notice('已接单，保留至 10:30。')}${notice('保留时间还剩 4 分钟。', 'soon')}${notice('处方已由其他药店接单。', 'alert')}${errorSummary('结算未提交', '请更正下面的内容后再提交。', ['第 1 行：数量超过处方余量。'])}</section>
<section class="card"><h2>表单</h2><form class="grid" action="/design">${field({ name: 'code', label: '取药码', hint: '26 个字母和数字', isScan: true })}${field({ name: 'wrong', label: '批号', value: '', error: '请填写批号。' })}${selectField({ name: 'reason', label: '退回原因', options, empty: '请选择' })}${textField({ name: 'opinion', label: '审方意见' })}${radios('购药人', 'relation', options, 'a')}${checkbox({ name: 'checked', label: '已核对身份' })}</form></section>
<section class="card"><h2>数据</h2>${facts([
      ['处方编号', html`<span class="number">4414000000000000000001</span>`],
      ['医院', '样例三级医院'],
    ])}${table(
      '明细',
      [
        { title: '药品', cell: (row) => row.name },
        { title: '金额', cell: (row) => row.sum, isSum: true },
      ],
      [{ name: '丁苯酞软胶囊', sum: '¥689.36' }],
      '没有明细。',
    )}${table('空表', [{ title: '药品', cell: () => '' }], [], '没有待办处方。')}</section>`,
  )
}
