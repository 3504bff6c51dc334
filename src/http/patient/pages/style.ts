import { createHash } from 'node:crypto'
import { TOKENS } from '../../pages/tokens.ts'

/**
 * The style sheet of the patient's pages. System fonts, no picture, nothing from elsewhere; text at 7:1 and controls
 * of 48 pixels, because people read it with bad eyes, in the sun and in a hurry.
 */
export const STYLE = `${TOKENS}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--ground);color:var(--ink);font:17px/1.6 system-ui,-apple-system,"PingFang SC","HarmonyOS Sans SC","MiSans","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC",sans-serif;overflow-wrap:anywhere}
p,h1,h2,ul,ol,dl,dd{margin:0;padding:0}
ul,ol{list-style:none}
small{font-weight:400}
.wide{max-width:36rem;margin:0 auto;padding:0 1rem}
.top{background:var(--bar);color:#fff}
.top .wide{display:flex;align-items:center;gap:.6rem;min-height:3.25rem}
.mark{display:grid;place-items:center;width:2rem;height:2rem;border-radius:.6rem;background:#ffffff2b;font-size:1.2rem}
.name{font-weight:600;font-size:1.1rem}
.name small{margin-left:.6rem;font-size:.8rem;opacity:.9}
.sandbox{background:var(--amber-tint);color:var(--amber);font-size:.85rem;text-align:center;padding:.35rem 1rem}
main.wide{padding-top:1rem;padding-bottom:2.5rem}
.card{background:var(--paper);border-radius:1rem;padding:1.15rem 1.1rem;margin-bottom:.9rem;box-shadow:0 1px 2px #10211d14}
h1{font-size:1.55rem;line-height:1.3;letter-spacing:.01em}
h2,.change>summary,.log summary{font-size:1.12rem;line-height:1.4;font-weight:650}
h2{margin-bottom:.6rem}
.lead{color:var(--soft);margin-top:.35rem}
.hint{color:var(--soft);font-size:.9rem;text-wrap:pretty}
.lead{text-wrap:pretty}
.center{text-align:center}
.aside{color:var(--soft);font-size:.9rem;padding:0 .25rem}
.notice{background:var(--tint);color:var(--on-tint);border-radius:.7rem;padding:.7rem .9rem;margin-bottom:.9rem;font-weight:550}
.card .notice{margin:.9rem 0 0}
.notice.alert{background:var(--warn-tint);color:var(--warn)}
.button{display:block;width:100%;min-height:3rem;padding:.6rem 1rem;border:2px solid var(--main);border-radius:.8rem;background:var(--main);color:var(--on-main);font:inherit;font-weight:650;text-align:center;text-decoration:none;cursor:pointer}
.button:hover{background:var(--deep);border-color:var(--deep)}
.button.quiet{background:var(--paper);color:var(--main)}
.button.quiet:hover{background:var(--tint)}
:focus-visible{outline:3px solid var(--focus);outline-offset:2px;border-radius:.4rem}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.gate{padding:1.6rem 1.3rem}
.gate label{display:block;margin:1.3rem 0 .5rem}
.gate label small{display:block;color:var(--soft);font-size:.8rem}
.gate input{width:100%;min-height:3.5rem;border:2px solid var(--edge);border-radius:.8rem;background:var(--paper);color:var(--ink);font:600 1.6rem/1 ui-monospace,Menlo,Consolas,monospace;letter-spacing:.3em;text-align:center;text-transform:uppercase}
.gate .hint{margin:.4rem 0 1.1rem}
.refusal{text-align:center}
.refusal .hint{margin:1rem 0 0}
.sign{display:grid;place-items:center;width:3.2rem;height:3.2rem;margin:0 auto .8rem;border-radius:50%;background:var(--warn-tint);color:var(--warn);font-size:1.7rem;font-weight:700}
.status h1{color:var(--main)}
.status.ended h1{color:var(--warn)}
.status h1 small{display:block;color:var(--soft);font-size:.82rem;letter-spacing:0}
.steps{display:grid;grid-template-columns:repeat(4,1fr);gap:.35rem;margin:1rem 0 .2rem;font-size:.85rem;text-align:center}
.steps li{padding-top:.5rem;border-top:.35rem solid var(--step);color:var(--soft)}
.steps .done{border-color:var(--main)}
.steps .now{border-color:var(--focus);color:var(--ink);font-weight:650}
.time{display:grid;grid-template-columns:1fr auto;align-items:baseline;gap:0 .6rem;margin-top:.7rem;padding-top:.7rem;border-top:1px solid var(--line)}
.time span{grid-column:1/-1;color:var(--soft);font-size:.85rem}
.time b{font-size:1.15rem;white-space:nowrap}
.time em{font-style:normal;white-space:nowrap;font-size:.95rem;font-weight:600;color:var(--main)}
.soon em,.ended .time em{color:var(--warn)}
.pickup .place{border-top:1px solid var(--line);padding-top:.8rem}
.pickup h2+.place{border-top:0;padding-top:0}
.pickup .place+.hint{margin-top:.6rem}
.code{text-align:center}
.qr{display:block;width:min(15rem,74vw);height:auto;margin:0 auto;border:1px solid var(--line);border-radius:.8rem}
.digits span{display:block;color:var(--soft);font-size:.9rem;margin-top:.6rem}
.digits code{display:block;max-width:17rem;margin:.1rem auto 0;font:650 1.3rem/1.55 ui-monospace,Menlo,Consolas,monospace;letter-spacing:.06em}
.code+.hint{margin:.5rem 0 1rem}
.place-name{font-weight:650}
.phone{display:inline-flex;align-items:center;min-height:2.75rem;color:var(--main);font-weight:600;text-underline-offset:.2em}
.hours{display:inline-block;margin-left:.8rem;white-space:nowrap;color:var(--soft);font-size:.9rem}
.medicines li{padding:.75rem 0;border-top:1px solid var(--line)}
.medicines li:first-child{border-top:0;padding-top:0}
.drug{display:flex;justify-content:space-between;gap:1rem;font-size:1.15rem;font-weight:650}
.quantity{white-space:nowrap}
.form{color:var(--soft);font-size:.95rem}
.use{margin-top:.4rem;background:var(--tint);border-radius:.6rem;padding:.5rem .7rem}
.use span{margin-right:.6rem;color:var(--on-tint);font-weight:650}
.facts{margin-top:.4rem;border-top:1px solid var(--line);padding-top:.6rem;font-size:.97rem}
.facts div{display:grid;grid-template-columns:5rem 1fr;padding:.2rem 0}
.facts dt{color:var(--soft)}
.number{font-variant-numeric:tabular-nums;font-size:.93rem}
.pharmacy{border:1.5px solid var(--line);border-radius:.9rem;padding:.95rem;margin-top:.8rem}
.pharmacy.chosen{border-color:var(--main);background:var(--faint)}
.tags{display:flex;flex-wrap:wrap;align-items:center;gap:.4rem;margin:.3rem 0}
.tag{border-radius:.45rem;padding:.05rem .5rem;background:var(--ground);font-size:.85rem;font-weight:600}
.stock-all{background:var(--tint);color:var(--on-tint)}
.stock-part,.stock-unknown{background:var(--amber-tint);color:var(--amber)}
.stock-none{background:var(--warn-tint);color:var(--warn)}
.reported{color:var(--soft);font-size:.8rem}
.address{color:var(--soft);font-size:.95rem}
.prices{display:grid;grid-template-columns:1fr 1fr;gap:.6rem;margin:.3rem 0 .9rem}
.prices dt{color:var(--soft);font-size:.85rem}
.prices dd{font-size:1.12rem;font-weight:600;font-variant-numeric:tabular-nums}
.prices .own dd{color:var(--main);font-weight:750}
.prices .secret{font-size:1rem;color:var(--soft);font-weight:600}
.pharmacy form .hint{margin-bottom:.4rem}
.is-chosen{min-height:3rem;display:grid;place-items:center;border-radius:.8rem;background:var(--tint);color:var(--on-tint);font-weight:650}
summary{min-height:2.75rem;display:flex;align-items:center;justify-content:space-between;gap:.6rem;cursor:pointer;list-style:none}
summary::-webkit-details-marker{display:none}
summary::after{content:"";flex:none;width:.6rem;height:.6rem;margin:0 .3rem .2rem;border:solid var(--main);border-width:0 .16rem .16rem 0;transform:rotate(45deg)}
[open]>summary::after{transform:rotate(225deg);margin-bottom:-.2rem}
.more{margin-top:.9rem}
.more summary,.bill summary{color:var(--main);font-weight:600}
.own-total{display:flex;justify-content:space-between;align-items:baseline;gap:1rem;background:var(--tint);border-radius:.8rem;padding:.8rem .9rem}
.own-total b{font-size:1.6rem;color:var(--main);font-variant-numeric:tabular-nums}
.shares{padding:.5rem .9rem}
.shares div{display:flex;justify-content:space-between;gap:1rem;padding:.25rem 0}
.shares dd{font-variant-numeric:tabular-nums;white-space:nowrap}
.shares .sum{border-top:1px solid var(--line);margin-top:.3rem;padding-top:.5rem;font-weight:650}
.reasons h3{margin:.8rem 0 .3rem;font-size:1rem}
.reasons li{padding:.6rem 0;border-top:1px solid var(--line);font-size:.95rem}
.log,.folded{padding-top:.55rem;padding-bottom:.55rem}
.log ol{padding:.3rem 0 .5rem .4rem}
.log li b{display:block}
.log li{position:relative;padding:.1rem 0 .9rem 1.3rem;border-left:2px solid var(--line)}
.log li::before{content:"";position:absolute;left:-.42rem;top:.55rem;width:.7rem;height:.7rem;border-radius:50%;background:var(--main)}
.log li:last-child{border-color:transparent;padding-bottom:0}
.log time{color:var(--soft);font-size:.85rem;font-variant-numeric:tabular-nums}
.foot form{display:grid;grid-template-columns:1fr 1fr;gap:.7rem;margin:1.2rem 0 .9rem}
.foot .hint{text-align:center;text-wrap:balance}
.center{text-wrap:balance}
@media print{
@page{margin:14mm}
main.wide{padding:1rem 0}
html{font-size:10.5pt}
body{background:#fff;font-size:10.5pt}
.top{background:none;color:#000;border-bottom:1px solid #000}
.wide{max-width:none;padding:0}
.card{box-shadow:none;border:1px solid #888;padding:3mm 4mm;margin-bottom:3mm}
.status,.pickup,.medicines li,.reasons li{break-inside:avoid}
summary::after,.foot form,.screen-only,.notice,.pharmacy form,.is-chosen{display:none}
.qr{width:42mm}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
}
`

/** Where it is served. Its name changes with its content, so browsers may keep it. */
export const STYLE_PATH = `/assets/patient-${createHash('sha256').update(STYLE).digest('hex').slice(0, 12)}.css`
