import { Problem } from '../../src/domain/problems.ts'

/**
 * Why a step is refused: `duty rule` for each rejecting finding, or the code of the problem when no rule stands
 * behind it.
 *
 * @throws Error when the step is not refused; anything that is no refusal
 */
export async function refusedBy(step: Promise<unknown>): Promise<string[]> {
  try {
    await step
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const rules = error.findings
      .filter(({ effect }) => effect === 'reject')
      .map(({ ruleId, rule }) => `${ruleId} ${rule}`)
    return rules.length > 0 ? [...new Set(rules)] : [error.code]
  }
  throw new Error('the step was not refused')
}
