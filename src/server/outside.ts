import { systemNow, systemTimers, type Timers } from '../base/clock.ts'
import { type MailSettings, type MailTransport, smtpTransport } from '../outbox/transport.ts'
import { type HashCost, passwordCost } from '../people/passwords/passwords.ts'
import { type RunLimits, runLimits } from '../runtime/run-recorder.ts'
import {
  createHttpClient,
  type HttpClientOptions,
  type ScriptHttpClient,
} from '../sandbox/hosts/http-client.ts'
import { digits, hex } from '../secrets/random.ts'

/** Random values that decide what a journey does. Keys, tokens and ids always come from the system. */
export type Random = {
  /** From 0 up to, but not including, 1. */
  fraction(): number
  /** Decimal digits, as in one-time passwords. */
  digits(length: number): string
  hex(length: number): string
}

/**
 * Everything that a server takes from outside. The composition root passes it to the parts, and nothing else reads the clock,
 * randomness or the environment, so that tests of journeys replace all of it.
 */
export type Outside = {
  /** Epoch milliseconds. */
  now(): number
  timers: Timers
  random: Random
  /** Settings and secrets that journeys name, as environment variables. */
  environment: Readonly<Record<string, string | undefined>>
  /** Whether they win over stored variables and secrets. Default: the stored ones win. */
  environmentWins?: boolean
  mail(settings: MailSettings): MailTransport
  http(options: HttpClientOptions): ScriptHttpClient
  /** Whether directories can be reached that no setting lists. */
  reachesPublicHosts: boolean
  passwordCost: HashCost
  /** How much of a watched run is kept. */
  runLimits: RunLimits
}

/** The outside of a real server. */
export const systemOutside: Outside = {
  now: systemNow,
  timers: systemTimers,
  random: { fraction: () => Math.random(), digits, hex },
  environment: process.env,
  mail: smtpTransport,
  http: createHttpClient,
  reachesPublicHosts: true,
  passwordCost,
  runLimits,
}
