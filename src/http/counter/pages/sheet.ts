import type { Dossier } from '../../../../schemas/pharmacy.ts'
import type { PrescriptionDocument } from '../../../../schemas/prescription-document.ts'
import { facts, tag } from '../../pages/components.ts'
import { frequencyWords } from '../../pages/frequency-words.ts'
import { type Html, html } from '../../pages/html.ts'
import { dayWords, momentWords } from '../../pages/time-words.ts'

const SEX = { male: '男', female: '女', unstated: '未说明' } as const

/** The prescription in the layout that pharmacists know (处方笺: 前记、正文、后记). */
export function sheet(dossier: Dossier, now: Date): Html {
  const document = dossier.prescription as PrescriptionDocument | undefined
  if (document === undefined) return closedSheet(dossier)
  const { patient, visit, physician, hospital, diagnoses, lines } = document
  return html`<section class="card rp" aria-labelledby="sheet"><header><p>${hospital.name}</p><h2 id="sheet">处 方 笺</h2></header>
${facts([
  ['姓名', patient.name],
  ['性别', SEX[patient.sex]],
  ['年龄', `${patient.ageYears ?? age(patient.birthDate, now)} 岁`],
  ['科别', visit.departmentName],
  ['门诊/住院号', visit.recordNo ?? visit.inpatientNo ?? visit.visitId],
  ['费别', document.selfPay === true ? '自费' : '医保'],
  ['临床诊断', html`<b>${diagnoses.map(({ name, code }) => `${name}（${code}）`).join('；')}</b>`],
  ['过敏史', patient.allergies === undefined ? '处方未载明' : html`${tag(patient.allergies, 'warn')}`],
  ['体重', patient.weightKg === undefined ? undefined : `${patient.weightKg} kg`],
  ['开具时间', momentWords(new Date(document.issuedAt))],
  ['处方编号', html`<span class="number">${dossier.prescriptionNo}</span>`],
  ['长期处方', document.longTerm === true ? '是' : undefined],
])}
<p class="big" aria-hidden="true">Rp</p><ol class="drugs">${lines.map((line, place) => drug(line, place, dossier))}</ol>
<p class="signs"><span>医师：<b>${physician.name}</b>${physician.title === undefined ? '' : `（${codeName(physician.title)}）`}</span><span>医院处方号：${document.hospitalPrescriptionNo}</span></p></section>`
}

function drug(line: PrescriptionDocument['lines'][number], place: number, { lines }: Dossier): Html {
  const balance = lines.find(({ lineNo }) => lineNo === line.lineNo)
  const supplied = balance !== undefined && balance.dispensed !== '0'
  return html`<li><p class="drug"><span>${place + 1}. ${line.genericName}${line.tradeName === undefined ? '' : `（${line.tradeName}）`} <small>${line.form}　${line.specification}</small></span><span>× ${line.quantity} ${line.unit}</span></p>
<p>Sig. 每次 ${line.dose.amount} ${line.dose.unit}　${line.route.name}　${frequencyWords(line.frequency.name)}　共 ${line.days} 天（${dayWords(line.startsOn)}至${dayWords(line.endsOn)}）</p>
<p><small>${line.manufacturer ?? ''} ${line.drugCode}</small>${balance?.coldChain === true ? html` ${tag('冷链', 'amber')}` : undefined}${supplied ? html` ${tag(`已供 ${balance.dispensed}，余 ${balance.remaining} ${line.unit}`, 'plain')}` : undefined}</p></li>`
}

/** What is known before it is taken: nothing of the person. */
function closedSheet({ prescriptionNo, hospital, lines, issuedAt }: Dossier): Html {
  return html`<section class="card" aria-labelledby="sheet"><h2 id="sheet">处方</h2><p class="lead">接单后才能看到患者、诊断和用法。</p>
${facts([
  ['处方编号', html`<span class="number">${prescriptionNo}</span>`],
  ['医院', hospital.name ?? hospital.institutionId],
  ['开具时间', momentWords(new Date(issuedAt))],
])}<ul>${lines.map(({ genericName, drugCode, specification, remaining, unit }) => html`<li>${genericName ?? drugCode} <small>${specification ?? ''}</small>　余 ${remaining} ${unit}</li>`)}</ul></section>`
}

/** Whole years on a day. @param birthDate `1958-03-07` */
function age(birthDate: string, now: Date): number {
  const today = momentWords(now).slice(0, 10)
  return (
    Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4)) - (today.slice(5) < birthDate.slice(5) ? 1 : 0)
  )
}

function codeName(coded: { readonly name?: string; readonly code?: string }): string {
  return coded.name ?? coded.code ?? ''
}
