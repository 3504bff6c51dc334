/** A mend that can be taken back: a fragment of an expression, as it is and as it was, and the test that must notice. */
export interface Mend {
  /** What holds since. */
  readonly what: string
  readonly file: string
  /** Stands once in the file, and once in what is compiled from it. */
  readonly now: string
  readonly before: string
  readonly test: string
}

const DECISIONS = 'test/domain/prescription/decisions.test.ts'
const LIFECYCLE = 'test/domain/lifecycle/decide.test.ts'
const RETURNS = 'test/domain/prescription/return-goods.test.ts'
const PACKS = 'test/domain/packs/take-packs.test.ts'
const TRACE = 'test/domain/packs/trace-code.test.ts'
const PAYER = 'test/payer/read-payer-answer.test.ts'
const FOLDING = 'test/domain/primitives/folded-text.test.ts'
const TABLES = 'test/tables/csv-table.test.ts'
const TOLD = 'test/domain/told-findings.test.ts'
const SUPPLY = 'test/domain/rules/how-it-is-supplied.test.ts'
const MONTHS = 'test/usecases/clearing/close-month.test.ts'
const FOLLOW_UP = 'test/http/hospital/follow-up.test.ts'

/** Faults that were found from outside and mended, as small as they can be taken back. */
export const MENDS: readonly Mend[] = [
  {
    what: 'what nobody collects is not held for ever',
    file: 'src/domain/lifecycle/decide.ts',
    now: "'within-collection': ({ now, holdUntil }) => holdUntil !== undefined && now < holdUntil",
    before: "'within-collection': () => true",
    test: LIFECYCLE,
  },
  {
    what: 'a holder is told its own purchase, not that another holds it',
    file: 'src/domain/lifecycle/decide.ts',
    now: "command === 'take' && situation.institutionId === situation.pharmacyId",
    before: 'false',
    test: LIFECYCLE,
  },
  {
    what: 'whoever waits for a settlement is told to try again',
    file: 'src/domain/lifecycle/decide.ts',
    now: "state === 'settling' ? 'later' : 'after-change'",
    before: "state === 'settling' ? 'never' : 'after-change'",
    test: LIFECYCLE,
  },
  {
    what: 'a prescription expires at the end of its validity, to the millisecond',
    file: 'src/domain/prescription/pass-time.ts',
    now: 'now < free.expiresAt',
    before: 'now <= free.expiresAt',
    test: DECISIONS,
  },
  {
    what: 'nothing remains of what was cancelled with the end of a hold',
    file: 'src/domain/prescription/line-balance.ts',
    now: "state === 'cancelled' ? afterCancel(balances) : balances",
    before: 'balances',
    test: FOLLOW_UP,
  },
  {
    what: 'a pack that is split is not overdrawn',
    file: 'src/domain/packs/take-packs.ts',
    now: 'part !== undefined && part > left(pack, own)',
    before: 'false',
    test: PACKS,
  },
  {
    what: 'parts of one pack go to several supplies',
    file: 'src/domain/packs/take-packs.ts',
    now: '.some((supply) => part === undefined || supply.part === undefined)',
    before: '.some(() => true)',
    test: PACKS,
  },
  {
    what: 'a trace code in full-width characters is the same code',
    file: 'src/domain/packs/trace-code.ts',
    now: "scanned\n        .normalize('NFKC')",
    before: 'scanned',
    test: TRACE,
  },
  {
    what: "the scanner's prefix is no part of a trace code",
    file: 'src/domain/packs/trace-code.ts',
    now: "text.replace(SYMBOLOGY, '')",
    before: 'text',
    test: TRACE,
  },
  {
    what: 'one pack scanned with its product number and typed without is one',
    file: 'src/domain/packs/trace-code.ts',
    now: 'a.gtin === undefined || b.gtin === undefined || a.gtin === b.gtin',
    before: 'a.gtin === b.gtin',
    test: TRACE,
  },
  {
    what: 'a wrong check digit of the product number is told',
    file: 'src/domain/packs/gs1.ts',
    now: '/^\\d{14}$/.test(gtin) && isGtin(gtin)',
    before: '/^\\d{14}$/.test(gtin)',
    test: TRACE,
  },
  {
    what: 'a payer that answers 201, or 409 for what it settled already, has paid',
    file: 'src/payer/read-payer-answer.ts',
    now: '(status >= 200 && status < 300) || status === 409',
    before: 'status === 200',
    test: PAYER,
  },
  {
    what: 'what the payer cancelled before is not paid',
    file: 'src/payer/read-payer-answer.ts',
    now: "answer['state'] === 'cancelled'",
    before: 'false',
    test: PAYER,
  },
  {
    what: 'an answer to another settlement is none to this',
    file: 'src/payer/read-payer-answer.ts',
    now: "answer['settlementId'] !== undefined && answer['settlementId'] !== settlementId",
    before: 'false',
    test: PAYER,
  },
  {
    what: 'a payer that writes GB 18030 is read',
    file: 'src/payer/read-json-bytes.ts',
    now: "[utf16Of(bytes), 'utf-8', declared, 'gb18030']",
    before: "[utf16Of(bytes), 'utf-8', declared]",
    test: PAYER,
  },
  {
    what: 'no number is given twice after a restoration',
    file: 'src/domain/restoration.ts',
    now: 'Math.max(last, possible)',
    before: 'last',
    test: 'test/domain/restoration.test.ts',
  },
  {
    what: 'a database that was restored elsewhere is known as such',
    file: 'src/domain/restoration.ts',
    now: "known.home === found.home ? 'same' : 'restored'",
    before: "'same'",
    test: 'test/domain/restoration.test.ts',
  },
  {
    what: 'names that differ by the dot between their parts are one name',
    file: 'src/domain/primitives/folded-name.ts',
    now: ".replace(DOTS, '\\u00B7')",
    before: '',
    test: FOLDING,
  },
  {
    what: 'blanks and invisible characters make no other name',
    file: 'src/domain/primitives/folded-name.ts',
    now: ".replace(UNSEEN, '')",
    before: '',
    test: FOLDING,
  },
  {
    what: 'the check character of an identity number may be a sign that looks like X',
    file: 'src/domain/primitives/folded-id-number.ts',
    now: ".replace(LIKE_X, 'X')",
    before: '',
    test: FOLDING,
  },
  {
    what: 'blank rows of a spreadsheet are no lines',
    file: 'src/tables/csv-table.ts',
    now: "row.cells.every((cell) => plainCell(cell) === '')",
    before: 'false',
    test: TABLES,
  },
  {
    what: 'a table may be divided by semicolons or tabs',
    file: 'src/tables/csv-table.ts',
    now: 'declared ?? delimiterOf(first)',
    before: "declared ?? ','",
    test: TABLES,
  },
  {
    what: 'goods that an opened or recalled pack held are not sold again',
    file: 'src/domain/prescription/return-goods.ts',
    now: "goods.packs === 'opened' || BARRING.includes(goods.reasonCode)",
    before: 'false',
    test: RETURNS,
  },
  {
    what: 'no more comes back than the patient has',
    file: 'src/domain/prescription/return-goods.ts',
    now: 'wantedQuantity > parseQuantity(all)',
    before: 'false',
    test: RETURNS,
  },
  {
    what: 'a code that this supply never sold does not come back with it',
    file: 'src/domain/prescription/return-goods.ts',
    now: 'strange.length > 0',
    before: 'false',
    test: RETURNS,
  },
  {
    what: 'while the patient has something of another supply, the prescription is not returned',
    file: 'src/domain/prescription/return-goods.ts',
    now: '(other === supply ? kept.length > 0 : hasGoods(other))',
    before: '(other === supply && kept.length > 0)',
    test: RETURNS,
  },
  {
    what: 'a total is rounded once, half up, whatever the price is for',
    file: 'src/domain/primitives/price.ts',
    now: '(2n * fen * quantity + per) / (2n * per)',
    before: '(fen * quantity) / per',
    test: 'test/domain/primitives/price.test.ts',
  },
  {
    what: 'what was supplied counts in the national axes after the rest is cancelled',
    file: 'src/domain/lifecycle/national-status.ts',
    now: "isUsed ? 'passed' : 'pending'",
    before: "'pending'",
    test: 'test/domain/lifecycle/national-status.test.ts',
  },
  {
    what: 'corrections together are no more than what they correct',
    file: 'src/domain/clearing/adjustment.ts',
    now: 'size(earlier + correction) > most',
    before: 'false',
    test: 'test/domain/clearing/statement.test.ts',
  },
  {
    what: 'somebody whom no register knows is told once',
    file: 'src/domain/told-findings.ts',
    now: 'JSON.stringify([path, lineNo, message])',
    before: 'JSON.stringify([path, lineNo, message, finding.ruleId])',
    test: TOLD,
  },
  {
    what: 'a finding about a supplied line points to the member at fault',
    file: 'src/domain/rules/lines.ts',
    now: '{ field: own = field, ...message } = amiss',
    before: 'own = field, { field: _, ...message } = amiss',
    test: SUPPLY,
  },
  {
    what: 'a month before the first that was cleared is told as such',
    file: 'src/usecases/clearing/closed-month.ts',
    now: 'first !== undefined && month < first',
    before: 'false',
    test: MONTHS,
  },
  {
    what: 'a prescription that ended without a supply gets no new link',
    file: 'src/usecases/hospital/renew-link.ts',
    now: '!OVER.includes(state)',
    before: 'true',
    test: FOLLOW_UP,
  },
  {
    what: 'a payer that paid for all is asked for what the patient kept',
    file: 'src/domain/prescription/return-goods.ts',
    now: 'before.isAskedOfPayer',
    before: 'false',
    test: RETURNS,
  },
  {
    what: 'an answer about what the patient kept changes nothing at the counter',
    file: 'src/domain/settlement/decide-payer-answer.ts',
    now: "settlement === 'settled' && request === 'asked-anew'",
    before: 'false',
    test: 'test/domain/settlement/decide-payer-answer.test.ts',
  },
  {
    what: 'the separators of a scanned trace code are no fault of the text',
    file: 'src/domain/text/json-text.ts',
    now: 'isScanned(open) ?',
    before: 'false ?',
    test: 'test/domain/text/json-text.test.ts',
  },
  {
    what: 'whoever may not serve a database has not changed it before',
    file: 'src/runtime/open-database.ts',
    now: 'refuseOtherMode(options.mode, await storedMode(pool))',
    before: 'undefined',
    test: 'test/runtime/open-database.test.ts',
  },
]
