/** What the address of the page asks for. */
export type Address = {
  realm: string
  /** What is to be run: a journey, a transaction, …; undefined for the realm's own journey. */
  index: { type: string; value: string } | undefined
  locale: string | undefined
  /** Goes with the first request of a journey alone. */
  start: Readonly<Record<string, string>>
  /** Goes with every request: nodes may read them. */
  others: Readonly<Record<string, readonly string[]>>
  suspendedId: string | undefined
  /** Whether this may be the way back from another site, which a journey had sent the browser to. */
  isReturn: boolean
}

const returnNames = ['code', 'error', 'form_post_entry', 'responsekey', 'RelayState']

/** What the page reads itself. */
const ownNames = ['realm', 'service', 'authIndexType', 'authIndexValue', 'locale', 'suspendedId', 'arg']

/** What is said once, at the start. Source: "Authenticate endpoint parameters". */
const startNames = ['goto', 'gotoOnFail', 'ForceAuth', 'noSession']

/** Reads the address, with the vendor's older form `#login/alpha&service=X` too. */
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
    isReturn: suspendedId === undefined && returnNames.some((name) => parameters.has(name)),
  }
}

/** The address without what another site had added to it. */
export function withoutReturn(address: Address): Address {
  const ofReturn = [...returnNames, 'state', 'scope', 'iss', 'error_description', 'errorCode', 'errorMessage']
  const others = Object.entries(address.others).filter(([name]) => !ofReturn.includes(name))
  return { ...address, isReturn: false, others: Object.fromEntries(others) }
}

/** The id of the transaction that the address leads to, when it is one that a caller was sent. */
export function transactionOf({ index }: Address): string | undefined {
  return index?.type === 'transaction' ? index.value : undefined
}

/** The journey that the address names, as far as it names one. */
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

/** Who was asked for more than a session needs, or for themselves, is asked although somebody is signed in. */
function startOf(parameters: URLSearchParams, index: Address['index']): Address['start'] {
  const given = startNames.flatMap((name) => {
    const value = parameters.get(name)
    return value === null ? [] : [[name, value]]
  })
  const isForced =
    index?.type === 'transaction' ||
    index?.type === 'composite_advice' ||
    parameters.get('arg') === 'newsession'
  return {
    ...(index === undefined ? {} : { authIndexType: index.type, authIndexValue: index.value }),
    ...Object.fromEntries(given),
    ...(isForced ? { ForceAuth: 'true' } : {}),
  }
}

/** Names that begin with an underscore belong to the vendor's REST conventions: a link must not set them. */
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
