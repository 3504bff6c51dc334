/** A row as the database answers it: null where `T` has no member. */
export type WithNulls<T> = {
  [Name in keyof T]-?: object extends Pick<T, Name> ? NonNullable<T[Name]> | null : T[Name]
}

/** The row with its nulls left out. */
export function withoutNulls<T extends object>(row: WithNulls<T>): T {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as T
}
