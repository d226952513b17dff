import type {
  Device,
  DeviceKind,
  DevicePort,
  IdentityPort,
  OutgoingMail,
  Person,
} from '../../src/nodes/ports/ports.ts'
import { newRecoveryCodes, useRecoveryCode } from '../../src/people/devices/recovery-codes.ts'

/** The person in tests of second factors. */
export const kim: Person = {
  _id: 'kim-id',
  userName: 'kim',
  mail: 'kim@example.com',
  givenName: 'Kim',
  cn: 'Kim Lee',
}

/** Finds only kim. Other methods fail the test. */
export const onlyKim = {
  find: async (name: string) => (name === 'kim' || name === kim._id ? kim : undefined),
  findByAttribute: async (attribute: string, value: string) => (kim[attribute] === value ? [kim] : []),
} as unknown as IdentityPort

/** Devices in memory. Sealing adds a readable prefix, so that tests see what was sealed. */
export function devicesInMemory(existing: Partial<Record<DeviceKind, Device[]>> = {}) {
  const saved: Partial<Record<DeviceKind, readonly Device[]>> = { ...existing }
  const devices: DevicePort = {
    registered: async (personId, kind) => (personId === kim._id ? (saved[kind] ?? []) : []),
    async save(_personId, kind, all) {
      saved[kind] = all
    },
    seal: (device) => `sealed:${JSON.stringify(device)}`,
    open: (text) => (text.startsWith('sealed:') ? JSON.parse(text.slice(7)) : undefined),
    newRecoveryCodes,
    useRecoveryCode,
  }
  return { devices, saved }
}

/** Records emails. Templates with the given names exist. */
export function mailsInMemory(...templates: string[]) {
  const mails: OutgoingMail[] = []
  const fromTemplates: { template: string; to: string; object: object }[] = []
  const mailer = {
    send: (mail: OutgoingMail) => void mails.push(mail),
    async sendTemplate(template: string, to: string, object: object) {
      if (!templates.includes(template)) return false
      fromTemplates.push({ template, to, object })
      return true
    },
  }
  return { mailer, mails, fromTemplates }
}
