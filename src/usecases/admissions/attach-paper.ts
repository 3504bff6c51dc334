import { createHash } from 'node:crypto'
import { Problem } from '../../domain/problems.ts'
import { whoMayAct } from '../../domain/workflows/may-act.ts'
import { isPaperType } from '../../domain/workflows/paper-type.ts'
import * as applications from '../../storage/admissions/application.ts'
import * as papers from '../../storage/admissions/papers.ts'
import type { Caller, Deps } from '../deps.ts'
import { unknownPapers } from '../unknown-papers.ts'
import { type Answer, type WriteRequest, write } from '../write.ts'
import { requireVisible } from './read-admission.ts'
import { workflowOf } from './workflows-of.ts'

/** Papers that one application may have, earlier versions included. */
export const MOST_PAPERS = 40

/** A paper as sent. */
export interface NewPaper {
  readonly code: string
  readonly mediaType: string
  readonly content: Buffer
}

export interface AttachedPaper {
  readonly applicationNo: string
  readonly paperNo: number
  readonly code: string
  readonly sha256: string
  readonly bytes: number
}

/**
 * Adds a paper to an open application. A paper of the same code does not replace the earlier one; both are kept.
 * Only the side that applied adds papers, and only while the application is at its first step, so that what was
 * reviewed stays what was sent.
 *
 * @throws Problem not-yours, admission-not-at-step, admission-actor-refused, paper-not-accepted, paper-limit-reached,
 * paper-code-unknown with the codes of the workflow
 * @see SX-4.1
 */
export async function attachPaper(
  deps: Deps,
  caller: Caller,
  request: WriteRequest,
  applicationNo: string,
  paper: NewPaper,
): Promise<Answer<AttachedPaper>> {
  const { mediaType, content } = paper
  if (!isPaperType(mediaType, content)) throw new Problem('paper-not-accepted')
  return await write<AttachedPaper>(deps, request, async (tx, now) => {
    const row = requireVisible(await applications.lock(tx, caller.regionCode, applicationNo), caller)
    const version = deps.policies.version(row.policyVersion)
    if (version === undefined) throw new Problem('policy-missing')
    const workflow = workflowOf(version, row.workflow)
    if (row.status !== 'open' || row.step !== workflow.steps[0]!.name)
      throw new Problem('admission-not-at-step', { details: { status: row.status, step: row.step } })
    if (caller.institutionId !== row.applicantId)
      throw new Problem('admission-actor-refused', {
        details: whoMayAct(workflow.steps[0]!, caller.kind === 'hospital' ? 'institution' : 'caller'),
      })
    const known = workflow.papers?.map(({ code }) => code) ?? []
    if (!known.includes(paper.code)) throw unknownPapers(known, ['/params/code'])
    const sha256 = createHash('sha256').update(content).digest()
    await papers.keepFile(tx, caller.regionCode, { sha256, mediaType, content }, now)
    const paperNo = await papers.add(
      tx,
      caller.regionCode,
      applicationNo,
      { code: paper.code, sha256, addedBy: caller.id, addedAt: now },
      MOST_PAPERS,
    )
    if (paperNo === undefined) throw new Problem('paper-limit-reached')
    const body = {
      applicationNo,
      paperNo,
      code: paper.code,
      sha256: sha256.toString('hex'),
      bytes: content.length,
    }
    return { status: 201, body }
  })
}

/** The bytes of a paper, for those whom the application concerns. @throws Problem not-yours */
export async function readPaper(deps: Deps, caller: Caller, applicationNo: string, paperNo: number) {
  requireVisible(await applications.find(deps.pool, caller.regionCode, applicationNo), caller)
  const found = await papers.read(deps.pool, caller.regionCode, applicationNo, paperNo)
  if (found === undefined) throw new Problem('not-yours')
  return found
}
