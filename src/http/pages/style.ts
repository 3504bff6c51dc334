import { createHash } from 'node:crypto'
import { TOKENS } from './tokens.ts'

/** The style sheet of all pages but the patient's, which are for a phone in a hurry. */
export const STYLE = `${TOKENS}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-padding-top:4rem}
body{margin:0;background:var(--ground);color:var(--ink);font:var(--text)/1.55 var(--sans);overflow-wrap:anywhere}
h1,h2,h3,p,ul,ol,dl,dd,figure,fieldset{margin:0;padding:0}
ul,ol{list-style:none}
fieldset{border:0;min-width:0}
h1{font-size:var(--title);line-height:1.3}
h2{font-size:var(--large);line-height:1.35}
h3,legend{font-size:var(--text);font-weight:650}
a{color:var(--main);text-underline-offset:.2em}
code,.number{font-family:var(--mono);font-variant-numeric:tabular-nums}
small{font-size:var(--small);font-weight:400;color:var(--soft)}
kbd{font:600 .8em/1 var(--mono);border:1px solid currentColor;border-radius:.25rem;padding:.1rem .3rem;margin-left:.4rem}
:focus-visible{outline:3px solid var(--focus);outline-offset:2px;border-radius:.3rem}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip:not(:focus){position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.skip{display:inline-block;padding:var(--s2) var(--s4)}
.top{background:var(--bar);color:#fff}
.top a,.top button{color:#fff}
.wide{max-width:82rem;margin:0 auto;padding:0 var(--s4)}
.narrow{max-width:38rem}
.top .wide{display:flex;flex-wrap:wrap;align-items:center;gap:0 var(--s4);min-height:3.25rem}
.brand{display:flex;align-items:center;gap:var(--s2);font-weight:650;text-decoration:none;min-height:2.75rem}
.mark{display:grid;place-items:center;width:2rem;height:2rem;border-radius:var(--round);background:#ffffff2b;font-size:1.2rem}
.who{margin-left:auto;display:flex;flex-wrap:wrap;align-items:center;gap:0 var(--s3)}
.places{display:flex;flex-wrap:wrap;gap:0 var(--s2)}
.places a{display:inline-flex;align-items:center;min-height:2.75rem;padding:0 var(--s2);text-decoration:none;border-bottom:.2rem solid transparent}
.places a:hover{text-decoration:underline}
.places [aria-current]{border-color:#ffd98a;font-weight:650}
.sandbox{background:var(--amber-tint);color:var(--amber);text-align:center;padding:var(--s1) var(--s4)}
main.wide{padding-top:var(--s4);padding-bottom:3rem}
main>*+*{margin-top:var(--s4)}
.card{background:var(--paper);border:1px solid var(--line);border-radius:var(--round);padding:var(--s4)}
.card>*+*{margin-top:var(--s3)}
.card>input[type=hidden]+*{margin-top:0}
.two{display:grid;grid-template-columns:minmax(0,3fr) minmax(0,2fr);gap:var(--s4);align-items:start}
.two>div>*+*,.stack>*+*{margin-top:var(--s4)}
@media (max-width:60rem){.two{grid-template-columns:minmax(0,1fr)}}
.lead{color:var(--soft)}
.hint{color:var(--soft);font-size:var(--small)}
.row{display:flex;flex-wrap:wrap;gap:var(--s2) var(--s3);align-items:end}
.row.middle{align-items:center}
.between{justify-content:space-between;flex-wrap:nowrap}
.between>button{flex:none}
.grid{display:grid;grid-template-columns:repeat(auto-fit,minmax(15rem,1fr));gap:var(--s3)}
.field{display:grid;gap:var(--s1);min-width:0}
.grid>.field{align-self:end}
.field .hint{order:0}
label,legend{font-weight:600}
input:not([type=checkbox],[type=radio],[type=file]),select,textarea{width:100%;min-width:0;min-height:2.75rem;padding:.4rem .6rem;border:2px solid var(--edge);border-radius:.4rem;background:var(--paper);color:var(--ink);font:inherit}
textarea{min-height:5rem;resize:vertical}
textarea.scan,input.scan{font-family:var(--mono);letter-spacing:.03em}
[aria-invalid=true]{border-color:var(--warn)}
.choice{display:flex;gap:var(--s2);align-items:center;min-height:2.75rem;font-weight:400}
.choice input{width:1.35rem;height:1.35rem;flex:none;accent-color:var(--main)}
.choices{display:flex;flex-wrap:wrap;gap:0 var(--s4)}
.button,button{display:inline-flex;align-items:center;justify-content:center;min-height:2.75rem;padding:.35rem 1rem;border:2px solid var(--main);border-radius:.45rem;background:var(--main);color:var(--on-main);font:inherit;font-weight:650;text-decoration:none;cursor:pointer}
.button:hover,button:hover{background:var(--deep);border-color:var(--deep)}
.quiet{background:transparent;color:var(--main)}
.quiet:hover{background:var(--tint);color:var(--on-tint)}
.danger{background:transparent;color:var(--warn);border-color:var(--warn)}
.danger:hover{background:var(--warn-tint);color:var(--warn);border-color:var(--warn)}
.link{background:none;border:0;padding:0 var(--s1);text-decoration:underline;text-underline-offset:.2em;font-weight:400}
.link:hover{background:none}
.notice{background:var(--tint);color:var(--on-tint);border-radius:var(--round);padding:var(--s3) var(--s4);font-weight:550}
.notice.alert{background:var(--warn-tint);color:var(--warn)}
.notice.soon{background:var(--amber-tint);color:var(--amber)}
.notice ul{list-style:disc;padding-left:1.3rem;font-weight:400}
.notice li+li{margin-top:var(--s1)}
.tag{display:inline-block;border-radius:.35rem;padding:0 .5rem;background:var(--tint);color:var(--on-tint);font-size:var(--small);font-weight:600;white-space:nowrap}
.tag.warn{background:var(--warn-tint);color:var(--warn)}
.tag.amber{background:var(--amber-tint);color:var(--amber)}
.tag.plain{background:var(--ground);color:var(--ink)}
.scroll{position:relative;overflow-x:auto}
.scroll .button,.scroll button{white-space:nowrap}
table{width:100%;border-collapse:collapse;font-variant-numeric:tabular-nums}
caption{text-align:left;font-weight:650;padding-bottom:var(--s2)}
th,td{overflow-wrap:break-word;text-align:left;vertical-align:top;padding:var(--s2) var(--s3) var(--s2) 0;border-top:1px solid var(--line)}
thead th{border-top:0;color:var(--soft);font-weight:600;white-space:nowrap}
.sum{text-align:right;white-space:nowrap}
td .number{white-space:nowrap}
table:has(th:nth-child(4)){min-width:30rem}
table:has(th:nth-child(6)){min-width:43rem}
tbody tr:hover{background:var(--faint)}
.facts div{display:grid;grid-template-columns:minmax(6.5rem,1fr) 3fr;gap:var(--s2);padding:.15rem 0}
.facts dt{color:var(--soft)}
.standing{padding-block:var(--s2)}.standing .facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(19rem,1fr));gap:0 var(--s4)}
.rp{border:2px solid var(--ink);border-radius:.2rem;padding:var(--s4)}
.rp header{text-align:center}
.rp .facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(15rem,1fr));gap:0 var(--s4);border-block:1px solid var(--line);padding:var(--s2) 0;margin-top:var(--s3)}
.rp .drugs{padding:var(--s2) 0 var(--s3);counter-reset:drug}
.rp .drugs li{padding:var(--s2) 0;border-top:1px dashed var(--line)}
.rp .drugs li:first-child{border-top:0}
.drug{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 var(--s4);font-weight:650}
.signs{display:flex;flex-wrap:wrap;gap:var(--s1) var(--s6);border-top:1px solid var(--line);padding-top:var(--s2)}
.rules li{display:grid;grid-template-columns:auto 1fr;gap:var(--s2);padding:.2rem 0}
.rules .sign{font-weight:700}
.steps{display:flex;flex-wrap:wrap;gap:var(--s1) var(--s2)}
.steps li{flex:1 1 7rem;border-top:.3rem solid var(--step);padding-top:var(--s1);color:var(--soft)}
.steps .done{border-color:var(--main)}
.steps [aria-current]{border-color:var(--focus);color:var(--ink);font-weight:650}
.big{font-size:var(--title);font-weight:700;font-variant-numeric:tabular-nums}
.card>details+details{margin-top:0}
summary{cursor:pointer;min-height:2.75rem;display:flex;align-items:center;gap:var(--s2);color:var(--main);font-weight:600}
summary::before{content:"▸"}
[open]>summary::before{content:"▾"}
.persons{display:grid;grid-template-columns:repeat(auto-fill,minmax(17rem,1fr));gap:var(--s3)}
.swatches{display:grid;grid-template-columns:repeat(auto-fill,minmax(12rem,1fr));gap:var(--s3)}
.swatch{padding:var(--s3);border:1px solid var(--line);border-radius:var(--round)}
${swatches()}
.qr-box svg{display:block;width:13rem;max-width:100%;height:auto}
.actions{display:flex;flex-wrap:wrap;gap:var(--s2) var(--s3);align-items:center}
@media print{.top,.sandbox,form,.actions,.skip{display:none}body{background:#fff}.card{border:0;padding:0}}
`

/** Where it is served. Its name changes with its content, so browsers may keep it. */
export const STYLE_PATH = `/assets/pages-${createHash('sha256').update(STYLE).digest('hex').slice(0, 12)}.css`

function swatches(): string {
  const names = ['ink', 'soft', 'main', 'on-main', 'on-tint', 'warn', 'amber']
  const grounds = ['paper', 'main', 'tint', 'warn-tint', 'amber-tint', 'ground']
  return [
    ...names.map((name) => `.ink-${name}{color:var(--${name})}`),
    ...grounds.map((name) => `.on-ground-${name}{background:var(--${name})}`),
  ].join('')
}
