import { describe, expect, it } from 'vitest'
import { addressOf, type Place, placeOf, realmOf } from './place.ts'

describe('the addresses of the desk', () => {
  it.each<[string, Place]>([
    ['/desk', { page: 'checks' }],
    ['/desk/', { page: 'checks' }],
    ['/desk/history', { page: 'history' }],
    ['/desk/side-by-side', { page: 'side-by-side' }],
    ['/desk/checks/7qk4-m2xr', { page: 'check', reference: '7QK4M2XR' }],
    ['/desk/checks', { page: 'nowhere' }],
    ['/desk/checks/7QK4M2XR/more', { page: 'nowhere' }],
    ['/desk/elsewhere', { page: 'nowhere' }],
  ])('%s is a place', (path, place) => {
    expect(placeOf(path, '')).toEqual(place)
  })

  it('carries what a new check is prepared with', () => {
    const place = { page: 'new', q: 'elena', action: 'Unlock & reset', ticket: undefined } as const
    const url = new URL(addressOf(place, '/beta'), 'http://desk.example')
    expect(placeOf(url.pathname, url.search)).toEqual(place)
    expect(realmOf(url.search)).toBe('/beta')
  })

  it('names the realm only where it is not the usual one', () => {
    expect(addressOf({ page: 'check', reference: 'A1' }, '/alpha')).toBe('/desk/checks/A1')
    expect(realmOf('')).toBe('/alpha')
  })
})
