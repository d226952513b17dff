import { z } from 'zod'
import { OperationError } from '../../base/errors.ts'
import { suggestion } from '../../base/suggestion.ts'

/** Secrets are never in the file. */
const variable = z
  .string()
  .regex(/^[A-Za-z_]\w{0,99}$/, 'must be the name of an environment variable, not its value')

const adminSchema = z.union([
  z.strictObject({
    userEnv: variable.describe('Variable with the name of an administrator.'),
    passwordEnv: variable.describe('Variable with the password of the administrator.'),
  }),
  z.strictObject({
    serviceAccountEnv: variable.describe('Variable with the id of a service account.'),
    keyEnv: variable.describe('Variable with the private key (JWK) of the service account.'),
  }),
])

const targetSchema = z.strictObject({
  url: z.string().min(1).describe('Address of the server, such as https://tenant.example/am.'),
  realm: z.string().min(1).optional().describe('Realm of the journeys there. Default: that of the project.'),
  production: z.boolean().default(false).describe('Refuses every test against this server.'),
  logs: z
    .strictObject({
      url: z.string().min(1).optional().describe('Address of the logs, if it is another one.'),
      keyEnv: variable.describe('Variable with the log API key.'),
      secretEnv: variable.describe('Variable with the secret of the log API key.'),
    })
    .optional()
    .describe('Reads the nodes of each run.'),
  admin: adminSchema.optional().describe('Reads people, and creates journeys and people with --provision.'),
})

/** `targets` of `sidegate.yaml`. */
export const targetsSchema = z.record(z.string().min(1), targetSchema)

export type Targets = z.infer<typeof targetsSchema>

/** A server to play walks on. */
export type Target = Omit<Targets[string], 'url' | 'production' | 'logs'> & {
  /** Scheme, host and port. */
  origin: string
  /** Context path, such as `/am`. */
  context: string
  logs: { origin: string; keyEnv: string; secretEnv: string } | undefined
}

/**
 * The target with this name, or at this URL.
 * @throws OperationError for an unknown name, an address that can't be used, and anything that belongs to production.
 */
export function targetOf(given: string, targets: Targets): Target {
  const named = Object.hasOwn(targets, given) ? targets[given] : undefined
  if (named === undefined && !given.includes('://')) {
    const names = Object.keys(targets)
    throw new OperationError(
      `There is no target '${given}' in sidegate.yaml, and it is no URL such as https://tenant.example/am${suggestion(given, names)}`,
    )
  }
  const url = addressOf(named?.url ?? given)
  const { origin, pathname } = url
  const context = pathname.replace(/\/+$/, '')
  const { logs, realm, admin } = named ?? atSameAddress(url, targets) ?? {}
  const logsUrl = logs?.url === undefined ? url : addressOf(logs.url)
  for (const each of [url, logsUrl]) refuseProduction(each, targets)
  if (named?.production) throw refusal(given)
  return {
    origin,
    context: context === '' ? '/am' : context,
    ...(realm === undefined ? {} : { realm }),
    ...(admin === undefined ? {} : { admin }),
    logs: logs && { origin: logsUrl.origin, keyEnv: logs.keyEnv, secretEnv: logs.secretEnv },
  }
}

/** A target that has this URL, so that a URL and a name mean the same. */
function atSameAddress(url: URL, targets: Targets): Targets[string] | undefined {
  return Object.values(targets).find((target) => URL.parse(target.url)?.href === url.href)
}

/** @throws OperationError that doesn't repeat the address, which can have a password. */
function addressOf(text: string): URL {
  const url = URL.parse(text)
  if (url === null || !/^https?:$/.test(url.protocol) || url.hostname === '') {
    throw new OperationError('The address of a target must be such as https://tenant.example/am')
  }
  if (url.username !== '' || url.password !== '') {
    throw new OperationError('The address of a target must not contain a name or password')
  }
  if (url.search !== '' || url.hash !== '') {
    throw new OperationError('The address of a target must end with its path, such as /am')
  }
  return url
}

/** @throws OperationError if a target marked as production, or its logs, are on the same host and port. */
function refuseProduction(url: URL, targets: Targets): void {
  for (const [name, target] of Object.entries(targets)) {
    const addresses = [target.url, target.logs?.url].filter((each) => each !== undefined)
    if (target.production && addresses.some((each) => isSameServer(addressOf(each), url))) throw refusal(name)
  }
}

function refusal(name: string): OperationError {
  return new OperationError(`Target '${name}' is marked as production, so no test is played against it`)
}

const loopback = /^((.+\.)?localhost|0\.0\.0\.0|\[::\]|127\.\d+\.\d+\.\d+|\[::1\]|\[::ffff:7f\w\w:\w{1,4}\])$/

/** Host and port decide. HTTP and HTTPS on their usual ports are one server. */
function isSameServer(one: URL, other: URL): boolean {
  return hostOf(one) === hostOf(other) && one.port === other.port
}

function hostOf({ hostname }: URL): string {
  const host = hostname.toLowerCase().replace(/\.+$/, '')
  return loopback.test(host) ? 'localhost' : host
}
