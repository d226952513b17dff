import { expect, test } from 'vitest'
import { nobody } from '../../../help-desk/transactions/transaction.ts'
import { helpDeskSchema } from '../../../realms/help-desk-settings.ts'
import { notificationsOf } from './shown-notification.ts'

const subject = { kind: 'user', id: 'alex', name: 'alex' } as const
const check = { openedBy: { ...nobody, isHelpDesk: true }, subject }
const told = { journeyStatus: 'Signing in', step: 2, isLate: false, password: 'Alex-Pass-2026', device: {} }

const shown = (keys: string[] | undefined, transaction: Parameters<typeof notificationsOf>[0], data = told) =>
  notificationsOf(transaction, {
    helpDesk: helpDeskSchema.parse(keys === undefined ? {} : { notificationKeys: keys }),
  })(data)

test('of a check nothing is shown that the realm does not list', () => {
  expect(shown(undefined, check)).toEqual({ journeyStatus: 'Signing in' })
  expect(shown(['step', 'isLate', 'missing'], check)).toEqual({ step: 2, isLate: false })
  expect(shown([], check)).toEqual({})
})

test('what is no text, number or boolean stays hidden: nobody listed what is in it', () => {
  expect(shown(['device'], check)).toEqual({})
  const lists = { ...told, device: ['phone', 1], journeyStatus: ['a', { password: 'b' }] }
  expect(shown(['device', 'journeyStatus'], check, lists as never)).toEqual({ device: ['phone', 1] })
})

test('transactions that are no checks show everything, as AM does', () => {
  expect(shown([], { openedBy: nobody, subject })).toEqual(told)
  expect(shown([], { ...check, subject: undefined })).toEqual(told)
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
])('a realm cannot list %j', (name) => {
  expect(helpDeskSchema.safeParse({ notificationKeys: [name] }).success).toBe(false)
})

test.each(['journeyStatus', 'step', 'department', 'spinning'])('a realm can list %j', (name) => {
  expect(helpDeskSchema.safeParse({ notificationKeys: [name] }).success).toBe(true)
})
