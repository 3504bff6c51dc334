import { dayOf } from '../../domain/primitives/civil-day.ts'
import { Problem } from '../../domain/problems.ts'
import { isClaimDay, missingPapers, type OccasionTerms } from '../../domain/reimbursement/terms.ts'
import { type FileCommand, nextStatus } from '../../domain/reimbursement/transitions.ts'
import { requireCited } from '../../domain/rules/cited.ts'
import { isFounded } from '../../domain/rules/founded.ts'
import type { Figure, PolicyVersion } from '../../domain/rules/policy-version.ts'
import type { Transaction } from '../../storage/database.ts'
import * as files from '../../storage/reimbursement.ts'
import * as filePapers from '../../storage/reimbursement-papers.ts'
import type { Caller, Deps } from '../deps.ts'
import { unknownPapers } from '../unknown-papers.ts'
import { type Answer, type WriteRequest, write } from '../write.ts'

/** What every change answers with. */
export interface FileChanged {
  readonly fileId: string
  readonly status: files.FileRow['status']
  readonly amountFen?: number
}

/**
 * Locks a file that the caller may see: the agency all of its region, a hospital those of its own counter.
 *
 * @throws Problem file-unknown
 */
export async function lockFile(tx: Transaction, caller: Caller, fileId: string): Promise<files.FileRow> {
  const file = await files.lock(tx, caller.regionCode, fileId)
  if (file === undefined || !mayRead(caller, file)) throw new Problem('file-unknown')
  return file
}

/** Whether a caller may know of a file. */
export function mayRead(caller: Caller, file: files.FileRow): boolean {
  return (
    caller.kind === 'agency' ||
    (caller.institutionId !== undefined && file.counterId === caller.institutionId)
  )
}

/** Who a counter is: the institution, or the agency's client. */
export function authorOf(caller: Caller): files.Author {
  return { kind: caller.kind, id: caller.institutionId ?? caller.id }
}

/**
 * Gives a command to a file: decides by the table, changes it and records the author.
 *
 * @throws Problem file-wrong-state
 */
export async function giveFile(
  tx: Transaction,
  file: files.FileRow,
  caller: Caller,
  command: FileCommand,
  now: Date,
  change: Partial<Pick<files.FileChange, 'decision' | 'amountFen' | 'postingId' | 'paymentReference'>> & {
    readonly data?: object
  } = {},
): Promise<FileChanged> {
  const to = nextStatus(file.status, command, caller.kind)
  if (to === undefined) throw new Problem('file-wrong-state', { details: { status: file.status, command } })
  const { data = {}, ...set } = change
  await files.change(tx, file, {
    ...set,
    command,
    to,
    at: now,
    by: authorOf(caller),
    data: JSON.stringify(data),
  })
  return {
    fileId: file.fileId,
    status: to,
    ...(set.amountFen === undefined ? {} : { amountFen: set.amountFen }),
  }
}

/**
 * Adds papers that the counter received: of a kind that the region asks for, on whatever occasion.
 *
 * @throws Problem file-unknown, file-wrong-state, policy-missing; paper-code-unknown with the codes that there are
 */
export async function addPapers(
  deps: Deps,
  caller: Caller,
  request: WriteRequest,
  fileId: string,
  papers: readonly filePapers.FilePaper[],
): Promise<Answer<FileChanged>> {
  return await write<FileChanged>(deps, request, async (tx, now) => {
    const file = await lockFile(tx, caller, fileId)
    const body = await giveFile(tx, file, caller, 'add-paper', now, {
      data: { papers: papers.map((it) => it.paper) },
    })
    const known = papersAskedFor(requireVersion(deps, file.regionCode, now))
    const unknown = papers.flatMap(({ paper }, index) =>
      known.includes(paper) ? [] : [`/body/papers/${index}/paper`],
    )
    if (unknown.length > 0) throw unknownPapers(known, unknown)
    await filePapers.addPapers(tx, file.regionCode, fileId, papers, authorOf(caller), now)
    return { status: 200, body }
  })
}

/**
 * Submits a file for examination: on one of the claim days, with all listed papers. What a pharmacy has not handed over
 * yet, or has taken back, is not claimed.
 *
 * @throws Problem file-unknown, file-wrong-state, file-not-supplied, claim-day-closed, papers-missing,
 *   policy-not-cited, occasion-unknown
 * @see SX-15, SX-16, CQ-4.7b, MZ-6.7
 */
export async function submitFile(
  deps: Deps,
  caller: Caller,
  request: WriteRequest,
  fileId: string,
): Promise<Answer<FileChanged>> {
  return await write<FileChanged>(deps, request, async (tx, now) => {
    const file = await lockFile(tx, caller, fileId)
    const body = await giveFile(tx, file, caller, 'submit', now)
    if (!(await files.isSupplied(tx, file))) throw new Problem('file-not-supplied')
    const { version, terms } = termsOf(deps, file.regionCode, file.occasion, now)
    const listed = usable(deps, version, 'papers', terms.papers)
    if (terms.claimDays !== undefined) {
      const days = usable(deps, version, 'claimDays', terms.claimDays)
      if (!isClaimDay(dayOf(now), days)) {
        throw new Problem('claim-day-closed', {
          details: { first: days.first, last: days.last, source: terms.claimDays.source },
        })
      }
    }
    const received = await filePapers.papersOf(tx, file.regionCode, fileId)
    const missing = missingPapers(
      listed,
      received.map(({ paper }) => paper),
    )
    if (missing.length > 0) {
      throw new Problem('papers-missing', { details: { papers: missing, source: terms.papers.source } })
    }
    return { status: 200, body }
  })
}

/**
 * Sends back, reopens or withdraws a file, with the reason.
 *
 * @throws Problem file-unknown, file-wrong-state
 */
export async function moveFile(
  deps: Deps,
  caller: Caller,
  request: WriteRequest,
  fileId: string,
  command: 'send-back' | 'reopen' | 'withdraw',
  reason: string,
): Promise<Answer<FileChanged>> {
  return await write<FileChanged>(deps, request, async (tx, now) => {
    const file = await lockFile(tx, caller, fileId)
    if (command === 'withdraw' && file.origin === 'deferral') {
      // It stands for a settlement: it goes when that is reversed or the goods come back.
      throw new Problem('file-wrong-state', { details: { status: file.status, origin: file.origin } })
    }
    return { status: 200, body: await giveFile(tx, file, caller, command, now, { data: { reason } }) }
  })
}

function requireVersion(deps: Pick<Deps, 'policies'>, regionCode: string, now: Date): PolicyVersion {
  const version = deps.policies.inForce(regionCode, dayOf(now))
  if (version === undefined) throw new Problem('policy-missing', { details: { regionCode } })
  return version
}

/** The codes of all papers that a policy asks for on some occasion. */
function papersAskedFor({ reimbursement }: PolicyVersion): string[] {
  const all = (reimbursement?.occasions ?? []).flatMap(({ papers }) => papers.value ?? [])
  return [...new Set(all)].sort()
}

/**
 * What the policy in force today demands for an occasion.
 *
 * @throws Problem policy-missing, occasion-unknown
 */
export function termsOf(
  deps: Pick<Deps, 'policies'>,
  regionCode: string,
  occasion: string,
  now: Date,
): { version: PolicyVersion; terms: OccasionTerms } {
  const version = requireVersion(deps, regionCode, now)
  const terms = version.reimbursement?.occasions.find((each) => each.occasion === occasion)
  if (terms === undefined)
    throw new Problem('occasion-unknown', {
      details: {
        occasion,
        occasions: (version.reimbursement?.occasions ?? []).map((each) => each.occasion),
        policyVersion: version.id,
      },
    })
  return { version, terms }
}

function usable<Value>(
  deps: Pick<Deps, 'mode'>,
  version: PolicyVersion,
  name: string,
  figure: Figure<Value>,
): Value {
  if (!isFounded(figure.status)) {
    const uncited = { rule: 'reimbursement', ruleId: figure.source, parameter: name, status: figure.status }
    requireCited(version, [uncited], deps.mode)
  }
  if (figure.value === undefined) throw new RangeError(`reimbursement.${name} of ${version.id} has no value`)
  return figure.value
}
