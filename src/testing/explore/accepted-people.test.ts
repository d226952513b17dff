import { expect, test } from 'vitest'
import type { Person } from '../walk-file.ts'
import { acceptedPeople } from './accepted-people.ts'

const refusesStatus = async (people: Readonly<Record<string, Person>>) => {
  const [name] = Object.entries(people).find(([, { accountStatus }]) => accountStatus === 'Active') ?? []
  return name && `The person ${name} cannot be created: accountStatus must be active or inactive`
}

test('leaves out only the attribute that is refused, and says why', async () => {
  const people = { alex: { sn: 'Example', accountStatus: 'Active' }, lee: { accountStatus: 'inactive' } }
  expect(await acceptedPeople(people, refusesStatus)).toEqual({
    people: { alex: { sn: 'Example' }, lee: { accountStatus: 'inactive' } },
    refused: [{ attribute: 'accountStatus', reason: 'accountStatus must be active or inactive' }],
  })
})
