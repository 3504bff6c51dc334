import { createHash } from 'node:crypto'
import { gatewayAnswer, gatewayRequest } from '../../../schemas/national.ts'
import { dataOf, type GatewayCall } from '../../national/gateway.ts'
import type { TextObject } from '../../national/texts.ts'
import type { KnownApplication } from '../../usecases/access/national-application.ts'
import type { Deps } from '../../usecases/deps.ts'
import { listForCredential, readPrescriptionCode } from '../../usecases/national/counter.ts'
import type { CredentialReader } from '../../usecases/national/credential-reader.ts'
import {
  paymentOlder,
  reviewOlder,
  supplyOlder,
  undoOlder,
  uploadOlder,
} from '../../usecases/national/older-hospital.ts'
import {
  downloadPrescription,
  reportDelivery,
  reviewNationally,
  sellNationally,
} from '../../usecases/national/pharmacy.ts'
import { previewNationally, reverseNationally, settleNationally } from '../../usecases/national/settlement.ts'
import type { WriteRequest } from '../../usecases/write.ts'
import { SUPPLIERS, supplierOf } from '../pharmacy/guard.ts'
import type { Hub } from '../plugins/hub.ts'
import type { DoorOptions } from './door.ts'
import { answerCall, type GatewayFunction } from './gateway-door.ts'
import { clientCounter, type NationalParts, takeTexts } from './routes.ts'

/** A file of a prescription in base64, encrypted and in hex, is more than twice as long as itself. */
const BODY_LIMIT = 6 * 1024 * 1024

/** Where gateways of several provinces pass calls on; the first one is described. */
const PATHS = [
  '/fsi/api/callFsiService/callService',
  '/mbs/fmi/fsi/api/callFsiService/callService',
  '/ebus/gdyb_inf/poc/hsa/hgs/:infno',
]

export interface GatewayParts extends NationalParts {
  readonly credentials?: CredentialReader
}

/** What is behind the gateway of the insurance: a pharmacy's 7201 to 7206 and 2101 to 2103, a hospital's older 7101 to 7105. */
export function gatewayRoutes(app: Hub, deps: Deps, parts: GatewayParts): void {
  takeTexts(app)
  const options: DoorOptions = {
    ...parts,
    errorCodes: {},
    pool: deps.pool,
    countClient: clientCounter(app, parts.perClient),
  }
  const functions = new Map([...pharmacyFunctions(deps, parts), ...hospitalFunctions(deps, parts)])
  for (const path of PATHS) {
    app.post(
      path,
      {
        bodyLimit: BODY_LIMIT,
        schema: {
          ...(path === PATHS[0]
            ? {
                operationId: 'nationalGateway',
                tags: ['national'],
                summary:
                  'The national interface behind the gateway · 医保网关（7201–7206、2101–2103、7101–7105）',
                description: DESCRIPTION,
              }
            : { hide: true }),
          body: gatewayRequest,
          response: { 200: gatewayAnswer },
        },
        config: { refusals: ['malformed'] },
      },
      async (request) => await answerCall(options, request, request.body as TextObject, functions),
    )
  }
}

const DESCRIPTION = [
  '`infno` selects the function:',
  '',
  '| infno | |',
  '|---|---|',
  '| 7201 | read the code that the patient shows: a token to download with |',
  '| 7202 | ask by identity card, insurance card or e-certificate: what is open, each under a token of its own |',
  '| 7203 | download with a token, once: the pharmacy takes and holds the prescription |',
  '| 7204 | the pharmacist’s review |',
  '| 7205 | how far a delivery is |',
  '| 7206 | the sale, with batches and trace codes |',
  '| 2101, 2102, 2103 | preview, settlement, and its reversal (with the goods once they were sold) |',
  '| 7101 | a hospital’s upload of the older edition: D001 to D003 in one |',
  '| 7102, 7103, 7105 | what became of it: review, supply, payment |',
  '| 7104 | withdraw it |',
  '',
  'The business object in `input` is sealed (`appid`, `encType`, `signType`, `encData`, `signData`), or the headers ' +
    '`x-tif-paasid`, `x-tif-timestamp`, `x-tif-nonce` and `x-tif-signature` say who calls; a nonce counts once. ' +
    'The same `msgid` again is the same call. Refusals have status 200, `infcode` -1 and the code of the hub with its reason in `err_msg`.',
].join('\n')

function pharmacyFunctions(deps: Deps, parts: GatewayParts): ReadonlyMap<string, GatewayFunction> {
  const { tables } = parts
  const counter = {
    tokenSeconds: tables.tokenSeconds,
    settlementSeconds: tables.settlementSeconds,
    ...(parts.credentials === undefined ? {} : { credentials: parts.credentials }),
  }
  const of = (
    scope: GatewayFunction['scope'],
    run: (
      supplier: ReturnType<typeof supplierOf>,
      call: GatewayCall,
      request: WriteRequest,
    ) => Promise<object>,
  ): GatewayFunction => ({
    kinds: SUPPLIERS,
    scope,
    run: async (caller, call) => await run(supplierOf({ caller }), call, writeOf(caller, call)),
  })
  const [reads, writes] = ['dispense:read', 'dispense:write'] as const
  return new Map([
    [
      '7201',
      of(reads, async (supplier, { input }) =>
        asNode(await readPrescriptionCode(deps, supplier, dataOf(input), counter)),
      ),
    ],
    [
      '7202',
      of(reads, async (supplier, { input }) => ({
        data: await listForCredential(deps, supplier, dataOf(input), counter),
      })),
    ],
    [
      '7203',
      of(writes, (supplier, { input }, request) =>
        downloadPrescription(deps, supplier, request, dataOf(input)),
      ),
    ],
    [
      '7204',
      of(writes, async (supplier, { input }, request) =>
        asNode(await reviewNationally(deps, supplier, request, input, tables)),
      ),
    ],
    [
      '7205',
      of(writes, async (supplier, { input }, request) =>
        asNode(await reportDelivery(deps, supplier, request, dataOf(input))),
      ),
    ],
    [
      '7206',
      of(writes, async (supplier, { input }, request) =>
        asNode(await sellNationally(deps, supplier, request, input, tables)),
      ),
    ],
    [
      '2101',
      of(reads, (supplier, { input, msgid }) => previewNationally(deps, supplier, msgid, input, counter)),
    ],
    [
      '2102',
      of(writes, (supplier, { input, msgid }, request) =>
        settleNationally(deps, supplier, request, msgid, input, counter),
      ),
    ],
    [
      '2103',
      of(writes, (supplier, { input, msgid }, request) =>
        reverseNationally(deps, supplier, request, msgid, input, tables),
      ),
    ],
  ])
}

/** The hospital's side of the older edition. */
function hospitalFunctions(
  deps: Deps,
  { signatureServer, tables }: GatewayParts,
): ReadonlyMap<string, GatewayFunction> {
  const of = (
    scope: GatewayFunction['scope'],
    run: (caller: KnownApplication['caller'], input: TextObject) => Promise<object>,
  ): GatewayFunction => ({ kinds: ['hospital'], scope, run: (caller, { input }) => run(caller, input) })
  const [reads, writes] = ['prescription:read', 'prescription:write'] as const
  return new Map([
    [
      '7101',
      of(writes, async (caller, input) => asNode(await uploadOlder(deps, caller, input, signatureServer))),
    ],
    [
      '7102',
      of(reads, async (caller, input) => asNode(await reviewOlder(deps, caller, dataOf(input), tables))),
    ],
    ['7103', of(reads, (caller, input) => supplyOlder(deps, caller, dataOf(input)))],
    [
      '7104',
      of(writes, async (caller, input) => asNode(await undoOlder(deps, caller, dataOf(input), tables))),
    ],
    [
      '7105',
      of(reads, async (caller, input) => asNode(await paymentOlder(deps, caller, dataOf(input), tables))),
    ],
  ])
}

/** The document does not say whether the members stand in a node: they are told both ways. */
function asNode<T extends object>(data: T) {
  return { ...data, data }
}

/** The sender's own number of the message is the key of the write. */
function writeOf(caller: KnownApplication['caller'], { infno, msgid, input }: GatewayCall): WriteRequest {
  return {
    callerId: caller.id,
    key: `national/${infno}/${msgid}`,
    digest: createHash('sha256').update(JSON.stringify(input)).digest(),
  }
}
