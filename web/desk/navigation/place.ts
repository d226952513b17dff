/** Where an agent is. A new check may be prepared: for the same caller once more, say. */
export type Place =
  | { page: 'checks' | 'history' | 'side-by-side' | 'nowhere' }
  | { page: 'new'; q?: string | undefined; action?: string | undefined; ticket?: string | undefined }
  | { page: 'check'; reference: string }

const usualRealm = '/alpha'

/** The realm whose desk an address means. */
export function realmOf(search: string): string {
  return new URLSearchParams(search).get('realm') || usualRealm
}

export function placeOf(pathname: string, search: string): Place {
  const [, name = '', reference = '', more] = pathname.replace(/^\/desk/, '').split('/')
  if (name === 'checks' && reference !== '' && more === undefined) {
    return { page: 'check', reference: plainReference(decodeURIComponent(reference)) }
  }
  if (reference !== '') return { page: 'nowhere' }
  switch (name) {
    case '':
      return { page: 'checks' }
    case 'new':
      return { page: 'new', ...prepared(new URLSearchParams(search)) }
    case 'history':
    case 'side-by-side':
      return { page: name }
    default:
      return { page: 'nowhere' }
  }
}

/** Blanks, hyphens and small letters are no matter. */
function plainReference(text: string): string {
  return text.replaceAll(/[\s-]/g, '').toUpperCase()
}

function prepared(search: URLSearchParams) {
  const text = (name: string) => search.get(name) ?? undefined
  return { q: text('q'), action: text('action'), ticket: text('ticket') }
}

/** The address of a place. The realm is part of it where it is not the usual one. */
export function addressOf(place: Place, realm: string): string {
  const search = new URLSearchParams(realm === usualRealm ? {} : { realm })
  if (place.page === 'new') {
    for (const name of ['q', 'action', 'ticket'] as const) {
      const text = place[name]
      if (text !== undefined && text !== '') search.set(name, text)
    }
  }
  const path = pathOf(place)
  return search.size === 0 ? path : `${path}?${search}`
}

function pathOf(place: Place): string {
  switch (place.page) {
    case 'checks':
    case 'nowhere':
      return '/desk/'
    case 'check':
      return `/desk/checks/${encodeURIComponent(place.reference)}`
    default:
      return `/desk/${place.page}`
  }
}
