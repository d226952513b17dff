import { z } from 'zod'
import type { PasswordPolicy } from '../attributes/password-policy.ts'

const count = z.int().min(0)

/** Rules for new passwords. Existing passwords stay valid. */
export const passwordPolicySchema = z
  // rule S24: otherwise eight characters are enough if the password is the only factor
  .object({
    minLength: z.int().min(1).max(128).default(15).meta({
      title: 'Minimum length',
      description:
        'NIST recommends 15 characters if the password is the only factor, and 8 with a second factor.',
    }),
    maxLength: z.int().min(8).max(128).default(64).meta({
      title: 'Maximum length',
      description: 'Leave room for passphrases.',
    }),
    minCapitals: count.max(16).default(0).meta({
      title: 'Minimum capital letters',
      description: '0 requires none.',
    }),
    minNumbers: count.max(16).default(0).meta({
      title: 'Minimum digits',
      description: '0 requires none.',
    }),
    mayContainUserName: z.boolean().default(false).meta({
      title: 'Allow the username in passwords',
      description: 'Attackers try such passwords first.',
    }),
    breachService: z
      .string()
      .max(500)
      .refine((url) => url === '' || (/^https?:\/\/[^?#]+$/.test(url) && URL.canParse(url)), {
        message: 'must be a URL such as https://api.pwnedpasswords.com/range/',
      })
      .default('')
      .meta({
        title: 'Breached password service',
        description:
          'URL such as https://api.pwnedpasswords.com/range/. It gets five digits of a hash, never a password. If empty, passwords are not checked.',
      }),
    breachServiceMustAnswer: z.boolean().default(false).meta({
      title: 'Refuse passwords if the service is unavailable',
      description: 'When off, passwords that could not be checked are accepted and logged.',
    }),
  })
  .refine(({ minLength, maxLength }) => minLength <= maxLength, {
    path: ['minLength'],
    message: 'must not be more than maxLength',
  })
  .refine(({ minCapitals, minNumbers, maxLength }) => minCapitals + minNumbers <= maxLength, {
    path: ['maxLength'],
    message: 'leaves no room for so many capital letters and digits',
  }) satisfies z.ZodType<PasswordPolicy, unknown>

const address = z
  .string()
  .max(320)
  .refine((text) => text === '' || /^[^<>\r\n]*<[^\s<>@]+@[^\s<>@]+>$|^[^\s<>@]+@[^\s<>@]+$/.test(text), {
    message: 'must be an address such as Larkfield <no-reply@larkfield.example>',
  })

/** Sender of the realm's emails. A sender in a template takes precedence. */
export const mailSettingsSchema = z.object({
  from: address.default('').meta({
    title: 'From',
    description: 'Sender such as Larkfield <no-reply@larkfield.example>. If empty, the sender of the server.',
  }),
  replyTo: address
    .default('')
    .meta({ title: 'Reply to', description: 'If empty, replies go to the sender.' }),
})

const locale = z
  .string()
  .regex(/^[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8})*$/, 'must be a locale such as en or fr-CA')

/** The languages of the realm's pages. */
export const localesSchema = z
  .object({
    default: locale
      .default('en')
      .meta({ title: 'Default', description: 'Used for people whose language is not offered.' }),
    offered: z.array(locale).min(1).max(50).default(['en']).meta({
      title: 'Offered',
      description: 'Languages that people can choose, such as en, fr or pt-BR.',
    }),
  })
  .refine((locales) => locales.offered.includes(locales.default), {
    path: ['default'],
    message: 'must be one of the offered languages',
  })
