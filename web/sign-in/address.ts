import { defined } from '../api/defined.ts'
/** The parameters in the page's URL. */
export type Address = {
  realm: string
  /** The journey, transaction or other service to run; undefined for the realm's default journey. */
  index: { type: string; value: string } | undefined
  locale: string | undefined
  /** Sent only with the first request of a journey. */
  start: Readonly<Record<string, string>>
  /** Sent with every request, because nodes can read them. */
  others: Readonly<Record<string, readonly string[]>>
  suspendedId: string | undefined
  /** Whether the browser may be returning from a site that a journey redirected it to. */
  isReturn: boolean
}

const returnNames = ['code', 'error', 'form_post_entry', 'responsekey', 'RelayState']

/** Parameters that the page reads itself. */
const ownNames = ['realm', 'service', 'authIndexType', 'authIndexValue', 'locale', 'suspendedId', 'arg']

/** Sent once, at the start. Source: "Authenticate endpoint parameters". */
const startNames = ['goto', 'gotoOnFail', 'ForceAuth', 'noSession']

/** Also reads the vendor's older form, `#login/alpha&service=X`. */
export function readAddress({ search, hash }: Pick<URL, 'search' | 'hash'>): Address {
  const parameters = withFragment(new URLSearchParams(search), hash)
  const suspendedId = parameters.get('suspendedId') ?? undefined
  const index = indexOf(parameters)
  return {
    realm: parameters.get('realm') || '/',
    index,
    locale: parameters.get('locale') || undefined,
    start: startOf(parameters, index),
    others: othersOf(parameters),
    suspendedId,
    isReturn:
      suspendedId === undefined &&
      !isStartedElsewhere(parameters, index) &&
      returnNames.some((name) => parameters.has(name)),
  }
}

/** Whether a SAML identity provider started the sign-in: its answer names a journey, and answers to a journey don't. */
function isStartedElsewhere(parameters: URLSearchParams, index: Address['index']): boolean {
  return index !== undefined && parameters.has('responsekey')
}

/** Removes the parameters that another site has added. */
export function withoutReturn(address: Address): Address {
  const ofReturn = [...returnNames, 'state', 'scope', 'iss', 'error_description', 'errorCode', 'errorMessage']
  const others = Object.entries(address.others).filter(([name]) => !ofReturn.includes(name))
  return { ...address, isReturn: false, others: Object.fromEntries(others) }
}

/** The transaction of a caller's link. */
export function transactionOf({ index }: Address): string | undefined {
  return index?.type === 'transaction' ? index.value : undefined
}

/** The journey that the URL names, if any. */
export function journeyOf({ index }: Address): string | undefined {
  return index?.type === 'service' && index.value !== '' ? index.value : undefined
}

function withFragment(parameters: URLSearchParams, hash: string): URLSearchParams {
  const [, path = '', rest = ''] = /^#\/?login(?:\/([^&]*))?(?:&(.*))?$/.exec(hash) ?? []
  for (const [name, value] of new URLSearchParams(rest)) {
    if (!parameters.has(name)) parameters.append(name, value)
  }
  if (path !== '' && !parameters.has('realm')) parameters.set('realm', decoded(path))
  return parameters
}

function indexOf(parameters: URLSearchParams): Address['index'] {
  const service = parameters.get('service')
  if (service) return { type: 'service', value: service }
  const type = parameters.get('authIndexType')
  return type ? { type, value: parameters.get('authIndexValue') ?? '' } : undefined
}

/** Adds `ForceAuth` for transactions and step-up authentication, which need a sign-in despite an existing session. */
function startOf(parameters: URLSearchParams, index: Address['index']): Address['start'] {
  const parametersAtStart = startNames.flatMap((name) => {
    const value = parameters.get(name)
    return value === null ? [] : [[name, value]]
  })
  const isForced =
    index?.type === 'transaction' ||
    index?.type === 'composite_advice' ||
    parameters.get('arg') === 'newsession'
  return {
    ...defined({ authIndexType: index?.type, authIndexValue: index?.value }),
    ...Object.fromEntries(parametersAtStart),
    ...defined({ ForceAuth: isForced ? 'true' : undefined }),
  }
}

/** Excludes names with a leading underscore, the vendor's REST parameters: a link must not set them. */
function othersOf(parameters: URLSearchParams): Address['others'] {
  const names = [...new Set(parameters.keys())].filter(
    (name) => !name.startsWith('_') && !ownNames.includes(name) && !startNames.includes(name),
  )
  return Object.fromEntries(names.map((name) => [name, parameters.getAll(name)]))
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
