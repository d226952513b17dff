import { expect, test } from 'vitest'
import { nobody } from '../../../help-desk/transactions/transaction.ts'
import { helpDeskSchema } from '../../../realms/help-desk-settings.ts'
import { notificationsOf } from './notification-filter.ts'

const subject = { kind: 'user', id: 'alex', name: 'alex' } as const
const check = { openedBy: { ...nobody, isHelpDesk: true }, subject }
const sent = { journeyStatus: 'Signing in', step: 2, isLate: false, password: 'Alex-Pass-2026', device: {} }

const shown = (keys: string[] | undefined, transaction: Parameters<typeof notificationsOf>[0], data = sent) =>
  notificationsOf(transaction, {
    helpDesk: helpDeskSchema.parse(keys === undefined ? {} : { notificationKeys: keys }),
  })(data)

test('shows only the members of a check that the realm lists', () => {
  expect(shown(undefined, check)).toEqual({ journeyStatus: 'Signing in' })
  expect(shown(['step', 'isLate', 'missing'], check)).toEqual({ step: 2, isLate: false })
  expect(shown([], check)).toEqual({})
})

test('hides objects, because the realm did not list their members', () => {
  expect(shown(['device'], check)).toEqual({})
  const lists = { ...sent, device: ['phone', 1], journeyStatus: ['a', { password: 'b' }] }
  expect(shown(['device', 'journeyStatus'], check, lists as never)).toEqual({ device: ['phone', 1] })
})

test('shows everything for transactions that are not checks, as AM does', () => {
  expect(shown([], { openedBy: nobody, subject })).toEqual(sent)
  expect(shown([], { ...check, subject: undefined })).toEqual(sent)
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
