import { expect, test } from 'vitest'
import { httpMockSchema } from '../testing/http-mock.ts'
import { DevCalls } from './dev-calls.ts'

const mockOf = (url: string) => httpMockSchema.parse({ GET: url, reply: { json: {} } })

test('keeps replies that were added when those of the project change', () => {
  const calls = new DevCalls(() => 0)
  calls.use([mockOf('https://old.example/')])
  calls.add([mockOf('https://added.example/')])
  calls.use([mockOf('https://new.example/')])
  expect(calls.mocks.map(({ url }) => url)).toEqual(['https://new.example/', 'https://added.example/'])
})
