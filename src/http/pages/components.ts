import { type Html, html } from './html.ts'

/** What a form field is given. */
export interface Field {
  readonly name: string
  readonly label: string
  readonly value?: string | undefined
  readonly hint?: string
  /** What was wrong with what was typed. */
  readonly error?: string | undefined
  readonly type?: 'text' | 'password' | 'date' | 'number'
  readonly required?: boolean
  readonly autocomplete?: string
  readonly inputmode?: 'numeric' | 'decimal' | 'text'
  readonly maxlength?: number
  /** Ids are unique on a page: the same field of two forms gets a prefix. */
  readonly idPrefix?: string
  readonly isScan?: boolean
  readonly autofocus?: boolean
  readonly key?: string
}

/** The token of the session's forms; nothing while nobody is signed in. */
export function tokenField(formToken: string | undefined): Html | undefined {
  return formToken === undefined ? undefined : html`<input type="hidden" name="form" value="${formToken}">`
}

/** A labelled input; its hint and its error are read out with it. */
export function field(it: Field): Html {
  const id = idOf(it)
  return html`<div class="field"><label for="${id}">${it.label}${keyHint(it.key)}</label>${notes(it, id)}<input id="${id}" name="${it.name}" type="${it.type ?? 'text'}" value="${it.value ?? ''}"${attributes(it, id)}${it.isScan === true ? html` class="scan"` : undefined}></div>`
}

/** A labelled text of several lines. @param rows as high as so many lines */
export function textField(it: Field & { readonly rows?: number }): Html {
  const id = idOf(it)
  return html`<div class="field"><label for="${id}">${it.label}${keyHint(it.key)}</label>${notes(it, id)}<textarea id="${id}" name="${it.name}" rows="${it.rows ?? 3}"${attributes(it, id)}${it.isScan === true ? html` class="scan"` : undefined}>${it.value ?? ''}</textarea></div>`
}

export interface Option {
  readonly value: string
  readonly name: string
}

/** A labelled choice of one. @param it.empty what stands there before a choice; without it the first is chosen */
export function selectField(
  it: Field & { readonly options: readonly Option[]; readonly empty?: string },
): Html {
  const id = idOf(it)
  const all = it.empty === undefined ? it.options : [{ value: '', name: it.empty }, ...it.options]
  return html`<div class="field"><label for="${id}">${it.label}</label>${notes(it, id)}<select id="${id}" name="${it.name}"${attributes(it, id)}>${all.map(
    ({ value, name }) =>
      html`<option value="${value}"${value === (it.value ?? '') ? html` selected` : undefined}>${name}</option>`,
  )}</select></div>`
}

/** A box to tick. */
export function checkbox(it: {
  readonly name: string
  readonly label: string
  readonly value?: string
  readonly isChecked?: boolean
  readonly isRequired?: boolean
}): Html {
  return html`<label class="choice"><input type="checkbox" name="${it.name}" value="${it.value ?? 'yes'}"${it.isChecked === true ? html` checked` : undefined}${it.isRequired === true ? html` required` : undefined}>${it.label}</label>`
}

/** One of several to choose, all in sight. */
export function radios(legend: string, name: string, options: readonly Option[], chosen: string): Html {
  return html`<fieldset><legend>${legend}</legend><div class="choices">${options.map(
    ({ value, name: words }) =>
      html`<label class="choice"><input type="radio" name="${name}" value="${value}"${value === chosen ? html` checked` : undefined}>${words}</label>`,
  )}</div></fieldset>`
}

/** A button that sends its form. @param it.key presses it, where the page's module runs */
export function button(it: {
  readonly label: string
  readonly kind?: 'quiet' | 'danger'
  readonly key?: string
  readonly action?: string
  readonly name?: string
  readonly value?: string
}): Html {
  return html`<button type="submit"${it.kind === undefined ? undefined : html` class="${it.kind}"`}${it.action === undefined ? undefined : html` formaction="${it.action}"`}${it.name === undefined ? undefined : html` name="${it.name}" value="${it.value ?? ''}"`}${it.key === undefined ? undefined : html` data-key="${it.key}" aria-keyshortcuts="${it.key}"`}>${it.label}${keyHint(it.key)}</button>`
}

/** What went wrong, first thing on the page; the focus is there after a form was sent. */
export function errorSummary(title: string, advice: string, faults: readonly (string | Html)[] = []): Html {
  return html`<div class="notice alert" role="alert" tabindex="-1" autofocus><h2>${title}</h2><p>${advice}</p>${faults.length === 0 ? undefined : html`<ul>${faults.map((fault) => html`<li>${fault}</li>`)}</ul>`}</div>`
}

/** Something to know. */
export function notice(text: string | Html, kind?: 'alert' | 'soon'): Html {
  return html`<p class="notice${kind === undefined ? '' : ` ${kind}`}" role="status">${text}</p>`
}

export function tag(text: string, kind?: 'warn' | 'amber' | 'plain'): Html {
  return html`<span class="tag${kind === undefined ? '' : ` ${kind}`}">${text}</span>`
}

/** Pairs of a name and what it is; absent ones are left out. */
export function facts(pairs: readonly (readonly [string, string | Html | undefined])[]): Html {
  return html`<dl class="facts">${pairs.map(([name, value]) => (value === undefined ? html`` : html`<div><dt>${name}</dt><dd>${value}</dd></div>`))}</dl>`
}

/** A column of a table. */
export interface Column<Row> {
  readonly title: string
  readonly cell: (row: Row) => string | Html | undefined
  readonly isSum?: boolean
}

/** A table with a caption, which may scroll sideways in its own box; `none` in its place when there are no rows. */
export function table<Row>(
  caption: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  none: string,
): Html {
  if (rows.length === 0) return html`<p class="lead">${none}</p>`
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table><caption>${caption}</caption><thead><tr>${columns.map(({ title, isSum }) => html`<th scope="col"${isSum === true ? html` class="sum"` : undefined}>${title}</th>`)}</tr></thead><tbody>${rows.map((row) => html`<tr>${columns.map(({ cell, isSum }) => html`<td${isSum === true ? html` class="sum"` : undefined}>${cell(row)}</td>`)}</tr>`)}</tbody></table></div>`
}

function idOf({ idPrefix, name }: Field): string {
  return idPrefix === undefined ? name : `${idPrefix}-${name}`
}

function notes({ hint, error }: Field, id: string): Html {
  return html`${hint === undefined ? undefined : html`<p class="hint" id="${id}-hint">${hint}</p>`}${error === undefined ? undefined : html`<p class="notice alert" id="${id}-error">${error}</p>`}`
}

function attributes(it: Field, id: string): Html {
  const described = [it.error === undefined ? '' : `${id}-error`, it.hint === undefined ? '' : `${id}-hint`]
  const about = described.filter((each) => each !== '').join(' ')
  return html`${it.required === true ? html` required` : undefined}${about === '' ? undefined : html` aria-describedby="${about}"`}${it.error === undefined ? undefined : html` aria-invalid="true"`} autocomplete="${it.autocomplete ?? 'off'}"${it.inputmode === undefined ? undefined : html` inputmode="${it.inputmode}"`}${it.maxlength === undefined ? undefined : html` maxlength="${it.maxlength}"`}${it.autofocus === true ? html` autofocus` : undefined}${it.key === undefined ? undefined : html` data-key="${it.key}" aria-keyshortcuts="${it.key}"`} spellcheck="false"`
}

function keyHint(key: string | undefined): Html | undefined {
  return key === undefined ? undefined : html`<kbd aria-hidden="true">${key}</kbd>`
}
