import { type AnswerFacts, completeAnswers } from '../plugins/described-answers.ts'
import { nameSchemas } from './components.ts'
import { type Description, operationsOf } from './document.ts'
import { describeEvents } from './events.ts'
import { addExamples, type KeptExamples } from './examples.ts'
import { addWords } from './words.ts'

/**
 * Completes the description that the routes make: words for what has none, names for what has none, events by type,
 * examples, and what hooks add to answers.
 *
 * @param facts of answers, by operation id
 * @param kept examples from real answers
 * @returns a description of its own
 */
export function completeDescription<Whole extends object>(
  whole: Whole,
  facts: ReadonlyMap<string, AnswerFacts>,
  kept: KeptExamples,
  publicUrl: string,
): Whole {
  // The parts are those of the routes, and some stand in many places.
  const own = structuredClone(whole)
  const description = own as unknown as Description
  addWords(description)
  nameSchemas(description)
  describeEvents(description)
  addExamples(description, kept, publicUrl)
  for (const operation of operationsOf(description)) answerOfForms(operation)
  return completeAnswers(own, facts)
}

/** A form is answered by a redirect, or by a page that says what to do: never by a 2xx that could be named. */
function answerOfForms({ responses = {} }: { responses?: Record<string, object> }): void {
  const statuses = Object.keys(responses)
  if (statuses.some((status) => status.startsWith('2')) || !statuses.includes('303')) return
  responses['default'] = {
    description: 'A page for a person that says what to do · 提示页面',
    content: { 'text/html': { schema: { type: 'string' } } },
  }
}
