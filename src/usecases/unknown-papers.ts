import { Problem } from '../domain/problems.ts'

/**
 * The refusal of papers whose codes nobody asks for.
 *
 * @param known the codes that there are
 * @param paths JSON pointers to those that are not among them
 */
export function unknownPapers(known: readonly string[], paths: readonly string[]): Problem {
  return new Problem('paper-code-unknown', {
    details: { papers: [...known] },
    fields: paths.map((path) => ({
      path,
      keyword: 'enum',
      message: { zh: '没有此材料代码。', en: 'There is no paper of this code.' },
    })),
  })
}
