/**
 * Figures for Prometheus. Operations are named only if a manifest names them: a client cannot
 * make up label values.
 */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

export class Metrics {
  registry = new Registry()
  operations = new Counter({
    name: 'gateway_operations_total',
    help: 'Operations by name and outcome: ok, or the code of the first error',
    labelNames: ['operation', 'client', 'outcome'],
    registers: [this.registry],
  })
  operationSeconds = new Histogram({
    name: 'gateway_operation_seconds',
    help: 'Time from the arrival of an operation to its first result',
    labelNames: ['operation'],
    buckets: SECONDS,
    registers: [this.registry],
  })
  upstreamSeconds = new Histogram({
    name: 'gateway_upstream_seconds',
    help: 'Time that a service took for one request of the gateway, retries included',
    labelNames: ['upstream'],
    buckets: SECONDS,
    registers: [this.registry],
  })
  upstreamAway = new Counter({
    name: 'gateway_upstream_away_total',
    help: 'Requests that a service did not answer',
    labelNames: ['upstream'],
    registers: [this.registry],
  })
  httpResponses = new Counter({
    name: 'gateway_http_responses_total',
    help: 'HTTP responses by status',
    labelNames: ['status'],
    registers: [this.registry],
  })
  reloads = new Counter({
    name: 'gateway_supergraph_reloads_total',
    help: 'Supergraph files taken or refused since the start',
    labelNames: ['outcome'],
    registers: [this.registry],
  })
  closedStreams = new Counter({
    name: 'gateway_streams_closed_total',
    help: 'Sockets and event streams that the gateway ended, by reason',
    labelNames: ['reason'],
    registers: [this.registry],
  })

  constructor() {
    collectDefaultMetrics({ register: this.registry })
  }

  /**
   * Watch values that others hold.
   * @param {Record<string, { help: string, value: () => number | null }>} gauges
   */
  watch(gauges) {
    for (const [name, { help, value }] of Object.entries(gauges)) {
      new Gauge({
        name,
        help,
        registers: [this.registry],
        collect() {
          const current = value()
          if (current === null) this.reset()
          else this.set(current)
        },
      })
    }
  }
}
