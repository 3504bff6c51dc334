/** True when an ICD-10 code (insurance edition) falls under one of the prefixes: `C34.900` under `C34`. */
export function fallsUnder(code: string, prefixes: readonly string[]): boolean {
  return prefixes.some((prefix) => code.startsWith(prefix))
}
