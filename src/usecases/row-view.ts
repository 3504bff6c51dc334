/** A row as an answer shows it: what is null left out, instants as text. */
export type RowView<Row> = {
  readonly [Name in keyof Row as null extends Row[Name] ? never : Name]: Shown<Row[Name]>
} & {
  readonly [Name in keyof Row as null extends Row[Name] ? Name : never]?: Shown<NonNullable<Row[Name]>>
}

type Shown<Value> = Value extends Date ? string : Value

/** Leaves out what is null and writes instants as text. */
export function rowView<Row extends object>(row: Row): RowView<Row> {
  return Object.fromEntries(
    Object.entries(row)
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([name, value]) => [name, value instanceof Date ? value.toISOString() : value]),
  ) as RowView<Row> // a walk by members has no type; `RowView` says what it does
}
