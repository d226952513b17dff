import { expect, test } from 'vitest'
import { unknownOpener } from '../../../help-desk/transactions/transaction.ts'
import { helpDeskSchema } from '../../../realms/help-desk-settings.ts'
import { notificationFilter } from './notification-filter.ts'

const subject = { kind: 'user', id: 'alex', name: 'alex' } as const
const check = { openedBy: { ...unknownOpener, isHelpDesk: true }, subject }
const sent = { journeyStatus: 'Signing in', step: 2, isLate: false, password: 'Alex-Pass-2026', device: {} }

const visible = (
  keys: string[] | undefined,
  transaction: Parameters<typeof notificationFilter>[0],
  data = sent,
) =>
  notificationFilter(transaction, {
    helpDesk: helpDeskSchema.parse(keys === undefined ? {} : { notificationKeys: keys }),
  })(data)

test('shows only the members of a check that the realm lists', () => {
  expect(visible(undefined, check)).toEqual({ journeyStatus: 'Signing in' })
  expect(visible(['step', 'isLate', 'missing'], check)).toEqual({ step: 2, isLate: false })
  expect(visible([], check)).toEqual({})
})

test('hides objects, because the realm did not list their members', () => {
  expect(visible(['device'], check)).toEqual({})
  const lists = { ...sent, device: ['phone', 1], journeyStatus: ['a', { password: 'b' }] }
  expect(visible(['device', 'journeyStatus'], check, lists as never)).toEqual({ device: ['phone', 1] })
})

test('shows everything for transactions that are not checks, as AM does', () => {
  expect(visible([], { openedBy: unknownOpener, subject })).toEqual(sent)
  expect(visible([], { ...check, subject: undefined })).toEqual(sent)
})

test.each([
  'password',
  'newPasswd',
  'sessionToken',
  'tokenId',
  'oneTimeCode',
  'passcode',
  'otp',
  'otpValue',
  'PIN',
  'kbaInfo',
  'clientSecret',
  'credentials',
  '_id',
  '',
])('refuses %j in the list of a realm', (name) => {
  expect(helpDeskSchema.safeParse({ notificationKeys: [name] }).success).toBe(false)
})

test.each(['journeyStatus', 'step', 'department', 'spinning'])(
  'accepts %j in the list of a realm',
  (name) => {
    expect(helpDeskSchema.safeParse({ notificationKeys: [name] }).success).toBe(true)
  },
)
