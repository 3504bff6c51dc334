import type { PatientView } from '../../../usecases/patient/view-prescription.ts'
import { type Html, html } from '../../pages/html.ts'
import { momentWords } from '../../pages/time-words.ts'
import { whatOf, whoOf } from './words.ts'

/** Who did what with the prescription, and when. */
export function logCard(view: PatientView): Html {
  return html`<section class="card log" aria-labelledby="log"><details><summary id="log">谁处理过这张处方（${view.log.length} 条）</summary>
<ol>${view.log.map((entry) => html`<li><time datetime="${entry.at.toISOString()}">${momentWords(entry.at)}</time><p><b>${whoOf(entry)}</b>${whatOf(entry)}</p></li>`)}</ol>
</details></section>`
}
