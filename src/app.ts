import { randomUUID } from 'node:crypto'
import Fastify, {
  type FastifyReply,
  type FastifyRequest,
  type FastifyServerOptions,
  LogController,
} from 'fastify'
import type { Pool } from 'pg'
import type { Config } from './config.ts'
import { admissionRoutes } from './http/admissions/routes.ts'
import { agencyRoutes } from './http/agency/routes.ts'
import { callbackRoutes } from './http/callbacks/routes.ts'
import { capitationRoutes } from './http/capitation/routes.ts'
import { clearingRoutes } from './http/clearing/routes.ts'
import { counterRoutes } from './http/counter/counter-routes.ts'
import { hospitalRoutes } from './http/hospital/routes.ts'
import { type GatewayParts, gatewayRoutes } from './http/national/gateway-routes.ts'
import { type NationalParts, nationalRoutes } from './http/national/routes.ts'
import { officeRoutes } from './http/office/office-routes.ts'
import { operatorRoutes } from './http/operator/routes.ts'
import { sandboxFailuresRoute } from './http/operator/sandbox-failures.ts'
import { patientRoutes } from './http/patient/patient-routes.ts'
import { sandboxNotificationsRoute } from './http/patient/sandbox-notifications.ts'
import { payerRoutes } from './http/payer/routes.ts'
import { pharmacyRoutes } from './http/pharmacy/pharmacy-routes.ts'
import { apiDescription } from './http/plugins/api-description.ts'
import { authentication } from './http/plugins/authenticate.ts'
import { bodies, strictQuery } from './http/plugins/bodies.ts'
import { clientErrors } from './http/plugins/client-errors.ts'
import { connectionCaps } from './http/plugins/connection-caps.ts'
import { drain } from './http/plugins/drain.ts'
import type { Hub, SchemaTypes } from './http/plugins/hub.ts'
import { idempotency } from './http/plugins/idempotency.ts'
import { asProblem, problemDetails, problemDocument, statusOf } from './http/plugins/problem-details.ts'
import { rateLimits } from './http/plugins/rate-limit.ts'
import { requestHead } from './http/plugins/request-head.ts'
import { loggerOptions, requestLog } from './http/plugins/request-log.ts'
import { type GaugeSource, requestMetrics } from './http/plugins/request-metrics.ts'
import { schemaChecks } from './http/plugins/schema-checks.ts'
import { securityHeaders } from './http/plugins/security-headers.ts'
import type { SharedCounts } from './http/plugins/shared-rates.ts'
import { slowBodies } from './http/plugins/slow-bodies.ts'
import { apiDocsRoutes } from './http/public/api-docs.ts'
import { codesRoutes } from './http/public/codes.ts'
import { healthRoutes, type NotServed, type Probe } from './http/public/health.ts'
import { homeRoutes } from './http/public/home.ts'
import { keyPublicationRoutes } from './http/public/key-publication.ts'
import { metricsRoute } from './http/public/metrics.ts'
import { problemCatalogueRoutes } from './http/public/problem-catalogue.ts'
import { schemaRoutes } from './http/public/schemas.ts'
import { tokenRoute } from './http/public/token.ts'
import { reimbursementRoutes } from './http/reimbursement/routes.ts'
import { reportRoutes } from './http/reports/routes.ts'
import { type SandboxParts, sandboxRoutes } from './http/sandbox/sandbox-routes.ts'
import { staffRoutes } from './http/staff/staff-routes.ts'
import { stockUploadRoutes } from './http/stock/routes.ts'
import { NATIONAL_TABLES, type NationalTables } from './national/tables.ts'
import { ClientStanding } from './storage/access/client-standing.ts'
import { FeedSignal } from './storage/feed-signal.ts'
import type { SigningKeys } from './usecases/access/signing-keys.ts'
import type { Deps } from './usecases/deps.ts'
import type { StaffDeps } from './usecases/staff/staff-deps.ts'

/*
 * How a route file looks (one file a route or a few that belong together, under the folder of its caller):
 *
 *   const params = { type: 'object', additionalProperties: false, required: ['no'], properties: { no: prescriptionNo } } as const
 *   const body = { … } as const
 *
 *   export function takeRoute(app: Hub, deps: Deps): void {
 *     app.post('/pharmacy/prescriptions/:no/take', {
 *       schema: { operationId: 'takePrescription', tags: ['pharmacy'], summary: '…', params, body, response: { 200: dispense } },
 *       config: { refusals: ['held-by-another', 'prescription-expired'] },
 *       onRequest: app.authenticate('pharmacy', 'dispense:write'),
 *       preHandler: app.idempotent(),
 *     }, async (request, reply) => {
 *       const answer = await take(deps, request.caller, request.write, request.params.no)
 *       return reply.code(answer.status).send(answer.body)
 *     })
 *   }
 *
 * Schemas are declared `as const`, so params, body, query and answer have their types. Unknown members are
 * refused, nothing is converted: values of params and query are strings, with a pattern. The hooks put security,
 * the Idempotency-Key and their own refusals into the API description; `config.refusals` names the route's own.
 */

/** What the application is built from. */
export interface AppParts {
  readonly config: Config
  readonly pool: Pool
  /** For the use cases; its clock may be the one of the sandbox. */
  readonly usecases: Deps
  readonly signingKeys: SigningKeys
  /** Tokens and assertions live by it, whatever the sandbox clock says. */
  readonly machineClock: () => Date
  readonly probes: readonly Probe[]
  /** Regions that a production refuses now; absent in a sandbox. */
  readonly notServed?: () => readonly NotServed[]
  readonly gauges: readonly GaugeSource[]
  readonly version: string
  /** For limits that hold over all processes; without it they hold for this one. */
  readonly sharedCounts?: SharedCounts
  /** The region's signature server; without one, D002 of the national interface is not to be had. */
  readonly signatureServer?: NationalParts['signatureServer']
  /** The region's service that reads 医保电子凭证 and cards; without one, identity cards alone are read. */
  readonly credentials?: GatewayParts['credentials']
  /** What the national interface leaves open; the defaults of `src/national/tables.ts` when left out. */
  readonly nationalTables?: NationalTables
  /** Only in sandbox mode: without it none of its routes exist. */
  readonly sandbox?: SandboxParts
  /** Where log lines go instead of standard output. */
  readonly logStream?: { write(line: string): void }
  /** How schemas are compiled; by default all at the start. */
  readonly schemaController?: FastifyServerOptions['schemaController']
}

/** Largest body of a route that does not set its own, in bytes. */
const BODY_LIMIT = 256 * 1024
/** How long the head of a request may take to come. */
const HEADERS_MS = 15_000

/**
 * Builds the application: plugins, then routes, in this order and by name. Neither listens nor touches the database.
 *
 * @returns ready to `listen` or to be asked by `inject`
 */
export async function buildApp(parts: AppParts): Promise<Hub> {
  const { config } = parts
  const { publicUrl } = config
  const app: Hub = Fastify({
    logger: loggerOptions(config.logLevel, parts.logStream),
    ...(parts.schemaController === undefined ? {} : { schemaController: parts.schemaController }),
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'request' }),
    requestIdHeader: false,
    genReqId: () => randomUUID(),
    bodyLimit: BODY_LIMIT,
    trustProxy: config.trustProxy ?? false,
    // The last resort, for whole requests; who sends no head is cut off by the next one, a slow body by `slowBodies`.
    requestTimeout: config.uploadSeconds * 1000 + HEADERS_MS,
    // A missing Host is refused by `requestHead`: Node would do so without a word.
    http: { headersTimeout: HEADERS_MS, connectionsCheckingInterval: 5_000, requireHostHeader: false },
    clientErrorHandler: clientErrors(publicUrl),
    keepAliveTimeout: 72_000,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 200, querystringParser: strictQuery },
    // An address that cannot be decoded never reaches the plugins.
    frameworkErrors: (error, request: FastifyRequest, reply: FastifyReply) => {
      const problem = asProblem(error)
      void reply
        .code(statusOf(problem.code))
        .type('application/problem+json')
        .headers({
          'x-request-id': request.id,
          'cache-control': 'no-store',
          'x-content-type-options': 'nosniff',
        })
        .send(JSON.stringify(problemDocument(problem, publicUrl, request.id)))
    },
  }).withTypeProvider<SchemaTypes>()
  if (parts.schemaController === undefined) app.setValidatorCompiler(schemaChecks())
  // An expectation that nobody knows is passed over (RFC 9110, 10.1.1); Node would answer it without a word.
  app.server.on('checkExpectation', (request, response) => app.server.emit('request', request, response))
  // No route takes text: it is told so by its media type, not by a schema that wants an object.
  app.removeContentTypeParser('text/plain')

  await app.register(problemDetails, { publicUrl, isSandbox: config.mode === 'sandbox' })
  await app.register(drain)
  const standing = new ClientStanding(parts.pool)
  app.addHook('onClose', async () => standing.close())
  await app.register(authentication, {
    issuer: publicUrl,
    keys: parts.signingKeys,
    now: parts.machineClock,
    standing,
  })
  await app.register(requestLog)
  await app.register(requestMetrics, { gauges: parts.gauges })
  await app.register(connectionCaps, {
    inAll: config.connections,
    // Behind a proxy all connections are the proxy's.
    perAddress: config.trustProxy === undefined ? config.connectionsPerAddress : 0,
  })
  await app.register(securityHeaders, { publicUrl })
  await app.register(requestHead)
  await app.register(rateLimits, {
    perClient: config.ratePerClient,
    perAddress: config.ratePerAddress,
    ...(parts.sharedCounts === undefined ? {} : { shared: parts.sharedCounts }),
  })
  await app.register(idempotency)
  await app.register(bodies)
  await app.register(slowBodies, {
    ordinaryBytes: BODY_LIMIT,
    seconds: config.bodySeconds,
    uploadSeconds: config.uploadSeconds,
  })
  await app.register(apiDescription, { publicUrl, version: parts.version })

  for (const group of routeGroups(parts)) await app.register(async (scope: Hub) => group(scope))
  return app
}

/** The routes, group by group, in order. Each group has a scope of its own. */
function routeGroups(parts: AppParts): readonly ((app: Hub) => void | Promise<void>)[] {
  const { config, machineClock: now, signingKeys: keys } = parts
  const { publicUrl } = config
  const { sandbox } = parts
  // A worker answers for its health and nothing else.
  if (config.role === 'worker') {
    return [
      (app) => healthRoutes(app, parts.probes, parts.notServed),
      (app) => metricsRoute(app, config.metricsToken),
    ]
  }
  const staff: StaffDeps = {
    ...parts.usecases,
    machineClock: now,
    keyEncryptionKey: config.keyEncryptionKey,
    publicUrl,
  }
  return [
    // ---- public
    (app) =>
      tokenRoute(app, {
        pool: parts.pool,
        terms: {
          issuer: publicUrl,
          clockSkewSeconds: config.clockSkewSeconds,
          ...(config.acceptEndpointAudience ? { deprecatedAudience: `${publicUrl}/oauth/token` } : {}),
          allowSandboxClients: config.mode === 'sandbox',
        },
        accessTokenSeconds: config.accessTokenSeconds,
        ratePerAddress: config.tokenRatePerAddress,
        now,
      }),
    (app) => keyPublicationRoutes(app, { publicUrl, keys, now }),
    (app) => healthRoutes(app, parts.probes, parts.notServed),
    (app) => metricsRoute(app, config.metricsToken),
    problemCatalogueRoutes,
    (app) => homeRoutes(app, config.mode),
    (app) => apiDocsRoutes(app, { mode: config.mode, publicUrl, version: parts.version }),
    // ---- callers: hospital, pharmacy, patient, agency, operator; each as `(app) => hospitalRoutes(app, parts.usecases)`
    codesRoutes,
    (app) => schemaRoutes(app, config.publicUrl),
    (app) => hospitalRoutes(app, parts.usecases),
    (app) =>
      nationalRoutes(app, parts.usecases, {
        keyEncryptionKey: config.keyEncryptionKey,
        machineClock: now,
        perClient: config.ratePerClient,
        tables: parts.nationalTables ?? NATIONAL_TABLES,
        ...(parts.signatureServer === undefined ? {} : { signatureServer: parts.signatureServer }),
      }),
    (app) =>
      gatewayRoutes(app, parts.usecases, {
        keyEncryptionKey: config.keyEncryptionKey,
        machineClock: now,
        perClient: config.ratePerClient,
        tables: parts.nationalTables ?? NATIONAL_TABLES,
        ...(parts.credentials === undefined ? {} : { credentials: parts.credentials }),
        ...(parts.signatureServer === undefined ? {} : { signatureServer: parts.signatureServer }),
      }),
    (app) => agencyRoutes(app, parts.usecases),
    (app) =>
      callbackRoutes(app, parts.usecases, {
        keyEncryptionKey: config.keyEncryptionKey,
        allowedNetworks: config.callbackNetworks,
      }),
    (app) => admissionRoutes(app, parts.usecases),
    (app) => operatorRoutes(app, parts.usecases),
    (app) =>
      pharmacyRoutes(app, parts.usecases, {
        signal: new FeedSignal(parts.pool),
        machineClock: now,
        streamCaps: {
          perClient: config.streamsPerClient,
          perInstitution: config.streamsPerInstitution,
          perAddress: config.streamsPerAddress,
          inAll: config.streams,
        },
      }),
    (app) => patientRoutes(app, parts.usecases),
    // ---- people who work with the hub, in a browser
    (app) => staffRoutes(app, parts.usecases, staff),
    (app) => counterRoutes(app, parts.usecases, staff),
    (app) => officeRoutes(app, parts.usecases, staff),
    (app) => reimbursementRoutes(app, parts.usecases),
    (app) => payerRoutes(app, parts.usecases),
    (app) => clearingRoutes(app, parts.usecases),
    (app) => capitationRoutes(app, parts.usecases),
    (app) => stockUploadRoutes(app, parts.usecases),
    (app) => reportRoutes(app, parts.usecases),
    ...(config.mode === 'sandbox'
      ? [
          (app: Hub) => sandboxNotificationsRoute(app, parts.usecases),
          (app: Hub) => sandboxFailuresRoute(app, parts.usecases),
        ]
      : []),
    ...(sandbox === undefined ? [] : [(app: Hub) => sandboxRoutes(app, sandbox)]),
  ]
}
