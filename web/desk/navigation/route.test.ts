import { describe, expect, it } from 'vitest'
import { parseRoute, type Route, realmOf, routeUrl } from './route.ts'

describe('URLs of the desk', () => {
  it.each<[string, Route]>([
    ['/desk', { page: 'checks' }],
    ['/desk/', { page: 'checks' }],
    ['/desk/history', { page: 'history' }],
    ['/desk/history?result=not-me', { page: 'history', result: 'not-me' }],
    ['/desk/side-by-side', { page: 'side-by-side' }],
    ['/desk/wall', { page: 'wall' }],
    ['/desk/numbers', { page: 'numbers' }],
    ['/desk/checks/7qk4-m2xr', { page: 'check', reference: '7QK4M2XR' }],
    [`/desk/checks/${encodeURIComponent('\u20687QK4M2XR\u2069')}`, { page: 'check', reference: '7QK4M2XR' }],
    ['/desk/starting/1', { page: 'starting', id: '1' }],
    ['/desk/starting', { page: 'not-found' }],
    ['/desk/checks', { page: 'not-found' }],
    ['/desk/checks/7QK4M2XR/more', { page: 'not-found' }],
    ['/desk/elsewhere', { page: 'not-found' }],
  ])('%s has a page', (path, route) => {
    const { pathname, search } = new URL(path, 'http://desk.example')
    expect(parseRoute(pathname, search)).toEqual(route)
  })

  it('carries the values that prefill a new check', () => {
    const route = {
      page: 'new',
      q: 'elena',
      action: 'Unlock & reset',
      check: 'HelpDesk',
      person: '1',
    } as const
    const url = new URL(routeUrl(route, '/beta'), 'http://desk.example')
    expect(parseRoute(url.pathname, url.search)).toEqual(route)
    expect(realmOf(url.search)).toBe('/beta')
  })

  it('names the realm unless it is the default one', () => {
    expect(routeUrl({ page: 'check', reference: 'A1' }, '/alpha')).toBe('/desk/checks/A1')
    expect(realmOf('')).toBe('/alpha')
  })
})
