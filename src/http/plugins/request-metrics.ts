import fp from 'fastify-plugin'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** A number of the hub that is read when Prometheus asks: queue lag, outbox lag, prescriptions by state. */
export interface GaugeSource {
  /** `hub_outbox_lag_seconds`: with its unit at the end. */
  readonly name: string
  readonly help: string
  /** Names of the labels, if any; never anything about a person. */
  readonly labels?: readonly string[]
  /** All current values; labels that are gone disappear. */
  read(): Promise<readonly { readonly labels?: Readonly<Record<string, string>>; readonly value: number }[]>
}

declare module 'fastify' {
  interface FastifyInstance {
    readonly metrics: Registry
  }
}

/** A gauge that does not answer within this time is left out of the scrape. */
const GAUGE_TIMEOUT_MS = 2_000

/** Measures requests, and reads the given gauges at each scrape. */
export const requestMetrics = fp(
  async (app, options: { readonly gauges: readonly GaugeSource[] }) => {
    const registry = new Registry()
    collectDefaultMetrics({ register: registry })
    const seconds = new Histogram({
      name: 'hub_http_request_duration_seconds',
      help: 'Requests by route and status',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
      registers: [registry],
    })
    const refusals = new Counter({
      name: 'hub_http_refusals_total',
      help: 'Refusals by code',
      labelNames: ['route', 'code'],
      registers: [registry],
    })
    const unread = new Counter({
      name: 'hub_gauge_failures_total',
      help: 'Gauges that could not be read at a scrape',
      labelNames: ['gauge'],
      registers: [registry],
    })
    for (const source of options.gauges) addGauge(source, registry, unread)

    app.decorate('metrics', registry)
    app.addHook('onResponse', async (request, reply) => {
      const route = request.routeOptions.url ?? 'none'
      const labels = { method: request.method, route, status: String(reply.statusCode) }
      seconds.observe(labels, reply.elapsedTime / 1000)
      if (request.problemCode !== null) refusals.inc({ route, code: request.problemCode })
    })
    app.addHook('onClose', async () => registry.clear())
  },
  { name: 'request-metrics', dependencies: ['problem-details'] },
)

function addGauge(source: GaugeSource, registry: Registry, unread: Counter): void {
  new Gauge({
    name: source.name,
    help: source.help,
    labelNames: [...(source.labels ?? [])],
    registers: [registry],
    async collect() {
      this.reset()
      try {
        const values = await within(GAUGE_TIMEOUT_MS, source.read())
        for (const { labels, value } of values) this.set({ ...labels }, value)
      } catch {
        // One sick part must not take the other numbers away; the counter shows it.
        this.reset()
        unread.inc({ gauge: source.name })
      }
    },
  })
}

/** @throws Error when `work` takes longer */
export async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
