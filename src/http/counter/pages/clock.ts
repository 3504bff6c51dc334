import { type Html, html } from '../../pages/html.ts'

/** What is left of a time, as `28:05`; counts on where the page's module runs. */
export function clock(seconds: number): Html {
  const pad = (value: number) => String(value).padStart(2, '0')
  const hours = Math.floor(seconds / 3600)
  const minutes = `${pad(Math.floor((seconds % 3600) / 60))}:${pad(seconds % 60)}`
  return html`<span class="number" data-seconds="${seconds}">${hours > 0 ? `${hours}:${minutes}` : minutes}</span>`
}
