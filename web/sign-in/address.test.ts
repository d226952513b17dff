import { describe, expect, it } from 'vitest'
import { readAddress, withoutReturn } from './address.ts'

const read = (address: string) => readAddress(new URL(address, 'https://sidegate.example/am/XUI/'))

describe('the address of the sign-in page', () => {
  it.each([
    ['?realm=/alpha&service=Greeting', '/alpha', 'Greeting'],
    ['?realm=alpha&authIndexType=service&authIndexValue=Greeting', 'alpha', 'Greeting'],
    ['#login/alpha&service=Greeting', 'alpha', 'Greeting'],
    ['#/login/alpha&service=Greeting', 'alpha', 'Greeting'],
    ['#login/&realm=/alpha&service=Greeting', '/alpha', 'Greeting'],
    ['?realm=/alpha#login', '/alpha', undefined],
    ['?realm=/alpha#login/bravo&realm=/charlie', '/alpha', undefined],
    ['', '/', undefined],
    ['#login/%E0%A4%A', '%E0%A4%A', undefined],
  ])('%j names the realm %j and the journey %j', (address, realm, journey) => {
    expect(read(address)).toMatchObject({ realm })
    expect(read(address).index?.value).toBe(journey)
  })

  it('asks people with a session again for transactions, step-up and new sessions', () => {
    const forced = ['?authIndexType=transaction&authIndexValue=x', '?arg=newsession', '?ForceAuth=true']
    for (const address of [...forced, '?authIndexType=composite_advice&authIndexValue=x']) {
      expect(read(address).start.ForceAuth, address).toBe('true')
    }
    expect(read('?service=Login').start).not.toHaveProperty('ForceAuth')
  })

  it('passes on each value of other parameters, but none of the protocol', () => {
    const { others, start } = read('?service=X&colour=green&size=1&size=2&_action=logout&action=x&goto=/y')
    expect(others).toEqual({ colour: ['green'], size: ['1', '2'], action: ['x'] })
    expect(start).toMatchObject({ goto: '/y' })
  })

  it('forgets what another site has added', () => {
    const returned = read('?realm=/alpha&code=1&state=2&colour=green')
    expect(returned.isReturn).toBe(true)
    expect(withoutReturn(returned)).toMatchObject({ isReturn: false, others: { colour: ['green'] } })
    expect(read('?code=1&suspendedId=x').isReturn).toBe(false)
  })

  it('starts the journey of a sign-in that began at a SAML identity provider', () => {
    expect(read('?realm=/alpha&responsekey=k').isReturn).toBe(true)
    const started = read('?realm=/alpha&service=Portal&arg=newsession&responsekey=k&goto=/page')
    expect(started.isReturn).toBe(false)
    expect(started.start).toMatchObject({ authIndexValue: 'Portal', ForceAuth: 'true', goto: '/page' })
    expect(started.others).toEqual({ responsekey: ['k'] })
  })
})
