import { type EmailTemplate, emailTemplateSchema } from '../../outbox/email-template.ts'
import { type Notice, noticesSchema } from '../../realms/notice-settings.ts'
import { noticeWords } from './notice-words.ts'

const notices = noticesSchema.keyof().options

/** The template that a realm uses for a notice until it saves its own under this name. */
export function builtInTemplate(name: string): EmailTemplate | undefined {
  const notice = notices.find((each) => each === name)
  return notice && emailTemplateSchema.parse({ subject: subjectsOf(notice), message: messagesOf(notice) })
}

function subjectsOf(notice: Notice): Record<string, string> {
  return mapped(([language, words]) => [language, words[notice].subject])
}

function messagesOf(notice: Notice): Record<string, string> {
  return mapped(([language, words]) => {
    const paragraphs = words[notice].paragraphs.map((text) => `<p>${text}</p>`).join('')
    return [language, `<html lang="${language}" dir="${words.direction}"><body>${paragraphs}</body></html>`]
  })
}

type Entry = [language: string, words: (typeof noticeWords)[string]]

function mapped(to: (entry: Entry) => [string, string]): Record<string, string> {
  return Object.fromEntries(Object.entries(noticeWords).map(to))
}
