import { Button, Menu, Modal } from '@mantine/core'
import { pageLanguages, storeLanguage } from '../../translate/page-languages.ts'
import { t } from '../../translate/translate.ts'

/** What a reload loses: forms with answers, starts without a link yet, and short codes, which the server can't show again. */
const unsaved = 'form[data-filled], [data-unsaved]'

type ItemsProps = {
  /** Called with a language that the agent has to confirm first. */
  onAsk(code: string): void
}

/** The languages in the agent's menu. */
export function LanguageItems({ onAsk }: ItemsProps) {
  const choose = (code: string) => {
    if (code === document.documentElement.lang) return
    if (document.querySelector(unsaved) === null) switchLanguage(code)
    else onAsk(code)
  }
  return pageLanguages.map(({ code, name }) => (
    <Menu.Item
      key={code}
      lang={code}
      aria-current={code === document.documentElement.lang}
      onClick={() => choose(code)}
    >
      {name}
    </Menu.Item>
  ))
}

function switchLanguage(code: string): void {
  storeLanguage(code)
  location.reload()
}

type DialogProps = { asked: string | undefined; onClose(): void }

/** Asks before the page is loaded again in another language. */
export function LanguageDialog({ asked, onClose }: DialogProps) {
  return (
    <Modal opened={asked !== undefined} onClose={onClose} title={t('Change the language?')}>
      <p className="dialog-text below-4 muted">
        {t(
          'The page loads again. What you typed, a check that is just starting and a code that nobody used yet are lost.',
        )}
      </p>
      <div className="wrap justify-end gap-2">
        <Button variant="default" onClick={onClose} data-autofocus>
          {t('Stay on this page')}
        </Button>
        <Button variant="outline" onClick={() => asked !== undefined && switchLanguage(asked)}>
          {t('Change language')}
        </Button>
      </div>
    </Modal>
  )
}
