import { nationalAnswer, nationalRequest } from '../../../schemas/national.ts'
import { Problem } from '../../domain/problems.ts'
import { textOf as utf8Of } from '../../domain/text/utf8.ts'
import { statusFields } from '../../national/codes.ts'
import type { NationalTables } from '../../national/tables.ts'
import { isTextObject, readTexts, type TextObject } from '../../national/texts.ts'
import type { Deps } from '../../usecases/deps.ts'
import {
  checkUpload,
  signForHospital,
  undoPrescription,
  uploadPrescription,
} from '../../usecases/national/hospital.ts'
import {
  listNationalDrugs,
  readNationalPrescription,
  readNationalReview,
  readNationalSupply,
} from '../../usecases/national/queries.ts'
import type { SignatureServer } from '../../usecases/national/signature-server.ts'
import type { Hub } from '../plugins/hub.ts'
import { answerMessage, type DoorOptions, type NationalFunction } from './door.ts'

/** A file of a prescription in base64, encrypted and in hex, is more than twice as long as itself. */
const BODY_LIMIT = 6 * 1024 * 1024

/** Where clients of different vendors look for the functions; the first one is described. */
const BASES = ['/fixmedins', '/fixmedins/fixmedins', '/epc/api/fixmedins']

export interface NationalParts extends Omit<DoorOptions, 'pool' | 'countClient' | 'errorCodes'> {
  /** Requests a minute of one client; 0 is no limit. */
  readonly perClient: number
  readonly signatureServer?: SignatureServer
  readonly tables: NationalTables
}

/** The hospital's side of the national interface: D001 to D008. */
export function nationalRoutes(app: Hub, deps: Deps, parts: NationalParts): void {
  takeTexts(app)
  const options: DoorOptions = {
    ...parts,
    errorCodes: parts.tables.errorCodes,
    pool: deps.pool,
    countClient: clientCounter(app, parts.perClient),
  }
  const hospital = (scope: NationalFunction['scope'], run: NationalFunction['run']): NationalFunction => ({
    kind: 'hospital',
    scope,
    run,
  })
  const functions: readonly (readonly [path: string, id: string, summary: string, it: NationalFunction])[] = [
    [
      'uploadChk',
      'nationalPreCheck',
      'D001 Judge a prescription and give it its number · 电子处方上传预核验',
      hospital('prescription:write', (caller, input) => checkUpload(deps, caller, input)),
    ],
    [
      'rxFixmedinsSign',
      'nationalSign',
      'D002 Have the region’s signature server sign for the hospital · 电子处方医保电子签名',
      hospital('prescription:write', (caller, input) =>
        signForHospital(deps, caller, input, parts.signatureServer),
      ),
    ],
    [
      'rxFileUpld',
      'nationalUpload',
      'D003 Upload a prescription that was checked and signed · 电子处方上传',
      hospital('prescription:write', async (caller, input) =>
        statusAnswer(await uploadPrescription(deps, caller, input), parts.tables),
      ),
    ],
    [
      'rxUndo',
      'nationalUndo',
      'D004 Withdraw a prescription · 电子处方撤销',
      hospital('prescription:write', async (caller, input) =>
        statusAnswer(await undoPrescription(deps, caller, input), parts.tables),
      ),
    ],
    [
      'hospRxDetlQuery',
      'nationalReadPrescription',
      'D005 Read a prescription · 电子处方信息查询',
      hospital('prescription:read', (caller, input) =>
        readNationalPrescription(deps, caller, input, parts.tables),
      ),
    ],
    [
      'rxChkInfoQuery',
      'nationalReadReview',
      'D006 Read what the pharmacist decided · 电子处方审核结果查询',
      hospital('prescription:read', (caller, input) => readNationalReview(deps, caller, input, parts.tables)),
    ],
    [
      'rxSetlInfoQuery',
      'nationalReadSupply',
      'D007 Read what was taken · 电子处方取药结果查询',
      hospital('prescription:read', (caller, input) => readNationalSupply(deps, caller, input, parts.tables)),
    ],
    [
      'circDrugQuery',
      'nationalListDrugs',
      'D008 List the drugs of the region · 电子处方药品目录查询',
      hospital('prescription:read', (caller, input) => listNationalDrugs(deps, caller, input)),
    ],
  ]
  for (const [path, operationId, summary, wanted] of functions) {
    for (const base of BASES) {
      app.post(
        `${base}/${path}`,
        {
          bodyLimit: BODY_LIMIT,
          schema: {
            ...(base === BASES[0] ? { operationId, tags: ['national'], summary } : { hide: true }),
            body: nationalRequest,
            response: { 200: nationalAnswer },
          },
          config: { refusals: ['malformed'] },
        },
        async (request) =>
          (await answerMessage(options, request, request.body as TextObject, wanted)) as {
            code: number
            message: string
          },
      )
    }
  }
}

function statusAnswer(
  { prescriptionNo, national }: Awaited<ReturnType<typeof uploadPrescription>>,
  tables: NationalTables,
) {
  const { rxStasCodg, rxStasName } = statusFields(national, tables)
  return { hiRxno: prescriptionNo, rxStasCodg, rxStasName }
}

/** Bodies as texts: what is signed is the text of a number, not its value; JSON that was encoded twice is unwrapped. */
export function takeTexts(app: Hub): void {
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    async (_request: unknown, body: Buffer) => {
      const text = utf8Of(body)
      if (text === undefined || text === '') throw new Problem('malformed')
      const read = readTexts(text.replace(/^\ufeff/, ''), '/body')
      if ('faults' in read) throw new Problem('malformed', { fields: read.faults })
      if (!isTextObject(read.value)) throw new Problem('malformed')
      return read.value
    },
  )
}

/** The client is known once its message was opened, so it is counted then. */
export function clientCounter(app: Hub, perClient: number): DoorOptions['countClient'] {
  if (perClient === 0) return async () => {}
  const limit = app.createRateLimit({
    max: perClient,
    timeWindow: 60_000,
    keyGenerator: (request) => `national:${request.authenticated?.id}`,
  })
  return async (request) => {
    const count = await limit(request)
    if (!count.isAllowed && count.isExceeded) throw new Problem('too-many-requests')
  }
}
