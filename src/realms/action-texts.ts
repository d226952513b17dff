import { z } from 'zod'
import { localisedTextSchema } from '../base/locale.ts'

/** An action is shown to callers in one line, so its translations are as short. */
const translationsSchema = localisedTextSchema
  .refine(
    (texts) => Object.values(texts).every((text) => text.trim() !== '' && text.length <= 120),
    'must be texts of 1 to 120 characters by language',
  )
  .meta({ title: 'Texts', refers: { to: 'localisedText' } })

/** Translations of the actions that new realms and the samples offer. The keys are the actions themselves. */
const builtInTexts: Record<string, Record<string, string>> = {
  'Reset the password': {
    de: 'Passwort zurücksetzen',
    fr: 'Réinitialiser le mot de passe',
    es: 'Restablecer la contraseña',
    ar: 'إعادة تعيين كلمة المرور',
  },
  'Reset the second factor': {
    de: 'Zweiten Faktor zurücksetzen',
    fr: 'Réinitialiser le second facteur',
    es: 'Restablecer el segundo factor',
    ar: 'إعادة تعيين العامل الثاني',
  },
  'Unlock the account': {
    de: 'Konto entsperren',
    fr: 'Déverrouiller le compte',
    es: 'Desbloquear la cuenta',
    ar: 'إلغاء قفل الحساب',
  },
  'Set up a new phone': {
    de: 'Neues Telefon einrichten',
    fr: 'Configurer un nouveau téléphone',
    es: 'Configurar un teléfono nuevo',
    ar: 'إعداد هاتف جديد',
  },
  'Change the mail address': {
    de: 'E-Mail-Adresse ändern',
    fr: 'Changer l’adresse e-mail',
    es: 'Cambiar el correo electrónico',
    ar: 'تغيير عنوان البريد الإلكتروني',
  },
}

export const actionTextsSchema = z
  .record(z.string().min(1).max(120).meta({ title: 'Action' }), translationsSchema)
  .refine((texts) => Object.keys(texts).length <= 50, 'must have at most 50 actions')
  .default(builtInTexts)
  .meta({
    title: 'Translations of the actions',
    description:
      'The actions in other languages, for callers. Agents, tools and the audit trail keep the action as it is listed above. Without a translation, callers read that, too.',
  })
