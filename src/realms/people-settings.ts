import { z } from 'zod'
import type { PasswordPolicy } from '../people/passwords/password-policy.ts'

const count = z.int().min(0)

/** What passwords must be. Those that people have already stay good. */
export const passwordPolicySchema = z
  .object({
    minLength: z.int().min(1).max(128).default(15).meta({
      title: 'At least so many characters',
      description:
        'NIST asks for 15 where the password is the only factor, and for 8 beside a second factor.',
    }),
    maxLength: z.int().min(8).max(128).default(64).meta({
      title: 'At most so many characters',
      description: 'Leave room for sentences.',
    }),
    minCapitals: count.max(16).default(0).meta({
      title: 'At least so many capital letters',
      description: '0 asks for none.',
    }),
    minNumbers: count.max(16).default(0).meta({
      title: 'At least so many digits',
      description: '0 asks for none.',
    }),
    mayContainUserName: z.boolean().default(false).meta({
      title: 'May contain the user name',
      description: 'Such passwords are tried first by whoever guesses.',
    }),
    breachService: z
      .string()
      .max(500)
      .refine((url) => url === '' || (/^https?:\/\/[^?#]+$/.test(url) && URL.canParse(url)), {
        message: 'must be a URL such as https://api.pwnedpasswords.com/range/',
      })
      .default('')
      .meta({
        title: 'Service that knows passwords from breaches',
        description:
          'Such as https://api.pwnedpasswords.com/range/. It learns five digits of a hash, never a password. Empty asks nobody.',
      }),
    breachServiceMustAnswer: z.boolean().default(false).meta({
      title: 'Without an answer of it',
      description: 'Refuses passwords that could not be checked. Otherwise they pass, and the log says so.',
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

/** Whom mails of the realm are from. A template that names a sender keeps it. */
export const mailSettingsSchema = z.object({
  from: address.default('').meta({
    title: 'From',
    description: "Such as Larkfield <no-reply@larkfield.example>. Empty means the server's own sender.",
  }),
  replyTo: address.default('').meta({ title: 'Answers go to', description: 'Empty means to the sender.' }),
})

const locale = z
  .string()
  .regex(/^[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8})*$/, 'must be a locale such as en or fr-CA')

/** The languages of the realm's pages. */
export const localesSchema = z
  .object({
    default: locale
      .default('en')
      .meta({ title: 'Default', description: 'For people whose language is not offered.' }),
    offered: z.array(locale).min(1).max(50).default(['en']).meta({
      title: 'Offered',
      description: 'Those that people can choose from, such as en, fr or pt-BR.',
    }),
  })
  .refine((locales) => locales.offered.includes(locales.default), {
    path: ['default'],
    message: 'must be one of those that are offered',
  })
