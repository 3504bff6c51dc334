import { pino } from 'pino'
import { buildApp } from './app.ts'
import type { Config } from './config.ts'
import { dayOf } from './domain/primitives/civil-day.ts'
import { describeSandbox } from './embedded/describe-sandbox.ts'
import { openSandboxClock } from './embedded/sandbox-clock.ts'
import { simulatedCredentialReader } from './embedded/sandbox-credentials.ts'
import { trustOf } from './embedded/sandbox-keys.ts'
import { seedNational, simulatedSignatureServer } from './embedded/sandbox-national.ts'
import { type SandboxState, seedSandbox } from './embedded/seed-sandbox.ts'
import type { Hub } from './http/plugins/hub.ts'
import { loggerOptions } from './http/plugins/request-log.ts'
import type { SandboxParts } from './http/sandbox/sandbox-routes.ts'
import { loadPolicies } from './policy/load-policies.ts'
import { servedBook, unservedRegions } from './policy/served-book.ts'
import { openRedisCounts } from './queue/shared-counts.ts'
import { backgroundWork } from './runtime/background.ts'
import { closeApplication } from './runtime/close-application.ts'
import { closers } from './runtime/closers.ts'
import { hubGauges } from './runtime/gauges.ts'
import { type Database, openDatabase } from './runtime/open-database.ts'
import { hubProbes } from './runtime/probes.ts'
import { openSignatureServer } from './runtime/signature-server.ts'
import { portRefused, takePort } from './runtime/take-port.ts'
import { type BrokenFile, readTrustFiles, watchTrustFiles } from './runtime/trust-material.ts'
import { packageVersion } from './runtime/version.ts'
import { StartRefused } from './start-refused.ts'
import { RegisterCache } from './storage/register-cache.ts'
import { hasSm2 } from './trust/sm2.ts'
import { TrustStore } from './trust/trust-store.ts'
import { countForeignKeys, signingKeys } from './usecases/access/signing-keys.ts'
import type { Deps } from './usecases/deps.ts'

/** What the process gives the hub. */
export interface HubOptions {
  readonly machineClock: () => Date
  /** Told of steps of the start that take time, as a sentence for a person. */
  readonly onProgress?: (sentence: string) => void
  /** Told when something is lost without which the hub cannot go on. */
  readonly onFatal?: (error: Error) => void
  /** Where log lines go instead of standard output. */
  readonly logStream?: { write(line: string): void }
}

/** A hub that answers and works. */
export interface RunningHub {
  /** Where it listens. */
  readonly url: string
  readonly app: Hub
  readonly deps: Deps
  readonly databaseUrl: string
  readonly log: Hub['log']
  /** Reads changed trust files now instead of within a minute. */
  reloadTrust(): Promise<void>
  /** Stops listening, ends what is under way, then relay, workers, queues, connections, database. */
  stop(): Promise<void>
}

/**
 * Starts everything that the configuration asks for.
 *
 * @throws StartRefused, PolicyError for what the starter can mend; whatever was opened is closed again
 */
export async function startHub(given: Config, options: HubOptions): Promise<RunningHub> {
  const { machineClock, onProgress = () => {}, onFatal = () => {} } = options
  const port = await takePort(given.host, given.port)
  const config: Config = { ...given, port, publicUrl: given.publicUrl.replace(/:0$/, `:${port}`) }
  const log = pino(
    loggerOptions(config.logLevel) as pino.LoggerOptions,
    options.logStream ?? pino.destination(1),
  )
  const onError = (error: Error) => log.warn({ err: error }, 'connection trouble')
  const close = closers()
  const reportClosed = (part: string, ms: number, error?: Error) => {
    if (error === undefined) log.debug({ part, ms }, 'closed')
    else log.warn({ part, ms, err: error }, 'not closed properly')
  }
  try {
    const loaded = await loadPolicies(config.policiesDir)
    const isProduction = config.mode === 'production'
    const policies = isProduction ? servedBook(loaded) : loaded
    const notServed = () => unservedRegions(policies, dayOf(machineClock()))
    if (isProduction) {
      for (const { region, name, version = '', figures } of notServed()) {
        log.warn(
          { region, version, figures },
          'region not served: figures of its policy are samples or unset',
        )
        onProgress(
          `${name.zh}（${region}）未提供服务：${version} 有 ${figures} 个参数尚无依据 · ${name.en} is not served: ${figures} figures of ${version} are neither cited nor decided (npm run policy -- check --production)`,
        )
      }
    }
    const trustFiles = config.trustDir === undefined ? undefined : await readTrustFiles(config.trustDir)
    const database = await openDatabase(config, close, {
      mode: config.mode,
      now: machineClock(),
      onProgress,
      onError,
      onLost: () => onFatal(new Error('the embedded database ended')),
    })
    const { pool } = database
    const sandbox =
      config.mode === 'sandbox'
        ? await openSandbox(config, database, policies, { machineClock, onProgress, onError })
        : undefined
    if (sandbox !== undefined) close.add('sandbox clock', () => sandbox.clock.close())
    const material = trustFiles?.material ?? (sandbox && trustOf(sandbox.state.authority))
    if (material === undefined) throw new Error('neither TRUST_DIR nor a sandbox')
    if ((await countForeignKeys(pool, config.keyEncryptionKey, machineClock())) > 0) {
      throw new StartRefused(
        'KEY_ENCRYPTION_KEY 与数据库中的签名密钥不符 · KEY_ENCRYPTION_KEY does not open the signing keys of this database: give the key that they were sealed with, or end them as docs/operation.md says.',
      )
    }
    const signatureServer = await openSignatureServer(config, machineClock)
    const deps: Deps = {
      pool,
      clock: sandbox === undefined ? machineClock : sandbox.clock.now,
      mode: config.mode,
      policies,
      registers: new RegisterCache(),
      trust: new TrustStore(material, { sm2Id: config.sm2Id }),
      linkKey: config.linkKey,
      ...(signatureServer !== undefined && config.signatureServerVerifies
        ? { signatureChecker: signatureServer }
        : {}),
      settings: {
        acceptPendingRevocation: config.acceptPendingRevocation,
        clockSkewSeconds: config.clockSkewSeconds,
        publicUrl: config.publicUrl,
        linkAttempts: config.linkAttempts,
        sessionMinutes: config.sessionMinutes,
        settlementPatienceSeconds: config.settlementPatienceSeconds,
      },
    }
    if (!hasSm2()) log.warn('this build of Node has no SM2: signatures made with it are refused')
    const onBroken = (broken: BrokenFile) => log.error(broken, 'revocation list unreadable, left out')
    for (const each of trustFiles?.broken ?? []) onBroken(each)
    const trustWatch =
      trustFiles === undefined || config.trustDir === undefined
        ? undefined
        : watchTrustFiles({
            folder: config.trustDir,
            digest: trustFiles.digest,
            store: deps.trust,
            onBroken,
            onReload: () => log.info('trust files reloaded'),
            onError: (error) => log.error({ err: error }, 'trust files unreadable, the old ones stay'),
          })
    close.add('trust files', () => trustWatch?.stop())
    const work = await backgroundWork(config, deps, database, { machineClock, log, close })
    const sharedCounts =
      config.redisUrl === undefined || config.role === 'worker'
        ? undefined
        : openRedisCounts(config.redisUrl, onError)
    close.add('shared counts', () => sharedCounts?.close())
    const app = await buildApp({
      config,
      pool,
      usecases: deps,
      signingKeys: signingKeys(pool, config.keyEncryptionKey),
      machineClock,
      probes: hubProbes(pool, work?.queues),
      gauges: hubGauges({
        pool,
        clock: deps.clock,
        machineClock,
        lists: () => deps.trust.view.lists,
        swept: work?.swept ?? new Map(),
        ...(work === undefined ? {} : { queues: work.queues }),
      }),
      version: packageVersion(),
      ...(config.nationalTables === undefined ? {} : { nationalTables: config.nationalTables }),
      ...(isProduction
        ? {
            notServed: () =>
              notServed().map(({ region, version, figures }) => ({
                region,
                figures,
                ...(version === undefined ? {} : { policyVersion: version }),
              })),
          }
        : {}),
      ...(sharedCounts === undefined ? {} : { sharedCounts }),
      ...(sandbox === undefined
        ? signatureServer === undefined
          ? {}
          : { signatureServer }
        : {
            sandbox: sandbox.parts,
            signatureServer: signatureServer ?? simulatedSignatureServer(sandbox.state),
            credentials: simulatedCredentialReader(sandbox.state),
          }),
      ...(options.logStream === undefined ? {} : { logStream: options.logStream }),
    })
    close.add('application', () => closeApplication(app, config.drainSeconds))
    await app.listen({ host: config.host, port }).catch((error: unknown) => {
      throw portRefused(error, config.host, port)
    })
    log.info({ role: config.role, mode: config.mode, at: config.publicUrl }, 'the hub is ready')
    return {
      url: config.publicUrl,
      app,
      deps,
      databaseUrl: database.url,
      log: app.log,
      reloadTrust: async () => await trustWatch?.look(),
      async stop() {
        await close.closeAll(reportClosed)
        log.info('the hub has ended')
      },
    }
  } catch (error) {
    await close.closeAll(reportClosed)
    throw error
  }
}

/** Seeds or reads the sandbox, and opens its clock. */
async function openSandbox(
  config: Config,
  database: Database,
  policies: Awaited<ReturnType<typeof loadPolicies>>,
  options: {
    machineClock: () => Date
    onProgress: (sentence: string) => void
    onError: (error: Error) => void
  },
) {
  const { pool, url } = database
  const clock = await openSandboxClock(pool, url, options.machineClock, options.onError)
  let state: SandboxState
  try {
    state = await seedSandbox(pool, policies, clock.now(), (region) =>
      options.onProgress(
        `准备沙箱样例：${region}（名录、药品、证书） · Making the sandbox of ${region}: registers, drugs, certificates`,
      ),
    )
  } catch (error) {
    await clock.close()
    throw error
  }
  const national = await seedNational(pool, state, config.keyEncryptionKey, clock.now())
  const parts: SandboxParts = {
    describe: (region) => describeSandbox(state, national, config.publicUrl, clock.now(), region),
    clock,
  }
  return { state, clock, parts }
}
