import { z } from 'zod'
import { type Json, stringMapSchema } from '../../base/json.ts'
import { goTo } from '../../engine/action.ts'
import { defineNode, secretSetting, setting, textSetting } from '../define-node.ts'
import { isJsonPath, select } from './json-path.ts'
import {
  forget,
  hasFixedOrigin,
  isHeaderName,
  keep,
  keysOf,
  RestError,
  requestOf,
  stateKeyOf,
} from './rest-request.ts'

// biome-ignore lint/suspicious/noTemplateCurlyInString: people read it.
const values = '`${key}` stands for a value of state, and `${key.$.path}` for a part of it.'

const pathsSchema = stringMapSchema.refine(
  (map) => Object.values(map).every(isJsonPath),
  'must have JSONPaths, with filters that compare members with fixed values',
)

const flag = z.boolean().default(false)

const config = () =>
  z.object({
    restURL: setting(
      'Rest URL',
      `URL of the service, with a fixed scheme, host and port. ${values}`,
      z
        .string()
        .refine(hasFixedOrigin, 'must begin with http:// or https:// and a host without placeholders'),
    ),
    requestMode: setting(
      'Request Method',
      'Method of the request. Only POST, PUT and PATCH have a body.',
      z.enum(['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD']).default('GET'),
    ),
    queryParamsMap: setting('Query Parameters', `By name. ${values}`, stringMapSchema.default({})),
    headersMap: setting(
      'Headers',
      `By name. ${values}`,
      stringMapSchema
        .refine(
          (map) => Object.keys(map).every(isHeaderName),
          'must have names of headers, without those of the connection',
        )
        .default({}),
    ),
    basicAuthn: setting('Use HTTP "Basic" Authentication', 'Sends the username and password below.', flag),
    basicAuthnUsername: textSetting('HTTP "Basic" Username', values),
    basicAuthnPassword: secretSetting(
      'HTTP "Basic" Password',
      values,
      z.string().nullish(),
      ['restURL', 'basicAuthnUsername'],
      ({ basicAuthn }) => basicAuthn === true,
    ),
    payload: textSetting('Body Content', `Body of the request. ${values}`),
    bodyType: setting(
      'Body Content Encoding',
      'Content type of the request, and how values are escaped. CUSTOM takes the type from Headers.',
      z.enum(['XWWWFORMURLENCODED', 'JSON', 'XML', 'PLAIN', 'CUSTOM']).default('JSON'),
    ),
    protocol: setting(
      'TLS Version',
      'Kept; both versions are offered.',
      z.enum(['TLS1_3', 'TLS1_2']).default('TLS1_3'),
    ),
    usemTLS: setting('Use mTLS', 'Proves this server to the service with a certificate. Needs https.', flag),
    publicCert: textSetting('mTLS Public Certificate', 'In PEM, with its chain.'),
    privateKey: secretSetting(
      'mTLS Private Key',
      'In PEM, unencrypted.',
      z.string().nullish(),
      ['restURL'],
      ({ usemTLS }) => usemTLS === true,
    ),
    disableCertChecks: setting(
      'Disable Certificate Checks',
      'Must be off: the certificate of the service is always checked.',
      flag.refine((isOff) => !isOff, 'must be false: certificates are always checked'),
    ),
    timeout: setting(
      'Timeout (seconds)',
      'For the whole response. More than 60 counts as 60.',
      z.int().min(1).default(30),
    ),
    responseCodes: setting(
      'Response Codes',
      'Each becomes an outcome: a status such as 401, or a class such as 4xx.',
      z.array(z.string().min(1)).default([]),
      'outcomes',
    ),
    statusCodeReturn: textSetting(
      'Status Code Shared State Variable',
      'State key that gets the status.',
      '',
      'stateKey',
    ),
    bodyReturn: textSetting(
      'Returned Body Shared State Variable',
      'State key that gets the body as text.',
      '',
      'stateKey',
    ),
    jpToSSMapper: setting(
      'JSON Response Handler',
      'JSONPaths into the response by the state key that gets the value.',
      pathsSchema.default({}),
    ),
    jpToOutcomeMapper: setting(
      'JSON Response Outcome Handler',
      'JSONPaths into the response by outcome. The first that finds something wins, also over the status.',
      pathsSchema.default({}),
    ),
  })

type Config = z.infer<ReturnType<typeof config>>

/**
 * Asks a web service, and chooses the outcome by its response. Sources: "HTTP Client node", and the public module
 * `tntp-restnode`.
 */
export const rest = defineNode({
  type: 'RESTNode',
  title: 'HTTP Client',
  help: 'Sends an HTTP request, keeps parts of the response in shared state and chooses the outcome by status or content.',
  tags: ['utilities'],
  family: 'decide',
  config,
  outcomes: ({ responseCodes, jpToOutcomeMapper }) => {
    const chosen = new Set([...responseCodes, ...Object.keys(jpToOutcomeMapper)])
    const own = { NOMATCHRESPONSE: 'Default Response', ERROR: 'Error' }
    return [
      ...[...chosen].filter((id) => !Object.hasOwn(own, id)).map((id) => ({ id, displayName: id })),
      ...Object.entries(own).map(([id, displayName]) => ({ id, displayName })),
    ]
  },
  reads: (settings) => keysOf(withPassword(settings)),
  writes: (settings) => [...new Set(keptKeys(settings).map(stateKeyOf))],
  errors: {
    warn: {
      'the request could not be made: ‹reason›': 'A value is missing or can’t stand where it should.',
      'the web service could not be asked':
        'There was no answer in time, it was too large, or the address may not be reached.',
      'the response is not the expected JSON':
        'It is no JSON, is too large for a path, or a path found no list.',
    },
  },
  needs: ['web'],
  reference: {
    inputs: 'the values that placeholders in the settings name',
    outputs: 'whatever the web service does. Redirects are not followed: they are the response',
    outcomes: {
      NOMATCHRESPONSE: 'No other outcome matched, also for statuses that mean errors.',
      ERROR: 'There was no usable request or response.',
    },
    example:
      "Asks a risk service about a person and takes its own outcome if `$[?(@.risk == 'high')]` finds something.",
  },
  async run({ config, state, web, log }) {
    try {
      const response = await web.send({
        ...requestOf(withPassword(config), state),
        // rule S64: otherwise a redirect gets what the service was meant to get
        redirect: 'manual',
        timeoutSeconds: config.timeout,
        ...(config.usemTLS && { clientCertificate: certificateOf(config) }),
      })
      const { kept, outcome } = readingOf(config, response)
      for (const [key, value] of kept) keep(state, key, value)
      return goTo(outcome)
    } catch (error) {
      // rule S64: otherwise values of an earlier request stay after an error
      for (const key of keptKeys(config)) forget(state, key)
      if (error instanceof RestError) log.warn(`the request could not be made: ${error.message}`)
      else if (error instanceof ContentError) log.warn('the response is not the expected JSON')
      else log.warn('the web service could not be asked', error)
      return goTo('ERROR')
    }
  },
})

/** A response that isn't what the settings expect. */
class ContentError extends Error {
  override readonly name = 'ContentError'
}

function withPassword(settings: Config) {
  return { ...settings, basicAuthnPassword: settings.basicAuthnPassword || '' }
}

function keptKeys({ statusCodeReturn, bodyReturn, jpToSSMapper }: Config): string[] {
  return [statusCodeReturn, bodyReturn, ...Object.keys(jpToSSMapper)].filter((key) => key !== '')
}

function certificateOf({ publicCert, privateKey }: Config) {
  if (publicCert === '' || !privateKey) throw new RestError('mTLS needs a certificate and a private key')
  return { cert: publicCert, key: privateKey }
}

type Response = { status: number; body: string }

/** What a response puts into state, and the outcome. @throws ContentError */
function readingOf(settings: Config, { status, body }: Response) {
  const { statusCodeReturn, bodyReturn, jpToSSMapper, jpToOutcomeMapper } = settings
  const kept: [string, Json | undefined][] = []
  if (statusCodeReturn !== '') kept.push([statusCodeReturn, status])
  if (bodyReturn !== '') kept.push([bodyReturn, body])
  const byStatus = statusOutcome(settings.responseCodes, status)
  const mapped = Object.entries(jpToSSMapper)
  const chosen = Object.entries(jpToOutcomeMapper)
  if (mapped.length + chosen.length === 0) return { kept, outcome: byStatus }
  try {
    const document: Json = z.json().parse(JSON.parse(body))
    for (const [key, path] of mapped) kept.push([key, valueAt(path, document)])
    const match = chosen.find(([, path]) => isFound(path, document))
    return { kept, outcome: match?.[0] ?? byStatus }
  } catch {
    // rule S64: otherwise a response without the expected JSON counts
    throw new ContentError()
  }
}

function statusOutcome(codes: readonly string[], status: number): string {
  const code = String(status)
  const ofClass = codes.findLast((each) => each.includes('xx') && each[0] === code[0])
  return codes.includes(code) ? code : (ofClass ?? 'NOMATCHRESPONSE')
}

function valueAt(path: string, document: Json): Json | undefined {
  const { values: found, isSingle } = select(path, document)
  return isSingle ? found[0] : found
}

/** A path to one value counts only if the value is a list. */
function isFound(path: string, document: Json): boolean {
  const { values: found, isSingle } = select(path, document)
  const [single] = found
  if (!isSingle) return found.length > 0
  if (single === undefined) return false
  if (!Array.isArray(single)) throw new ContentError()
  return single.length > 0
}
