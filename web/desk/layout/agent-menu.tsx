import { Menu } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useState } from 'react'
import { signInUrl, signOut } from '../../api/own-session.ts'
import { type ColourScheme, saveScheme, storedScheme } from '../../design/colour-scheme.ts'
import { t } from '../../translate/translate.ts'
import type { Text } from '../../translate/translation.ts'
import { dropDraft } from '../checks/draft-store.ts'
import { deleteFrontJourneys } from '../checks/journey-store.ts'
import { forgetAllStarting } from '../checks/starting-store.ts'
import { initials } from '../messages/names.ts'
import { useRealm } from '../navigation/navigation.ts'
import { useSound } from '../notifications/sound.ts'
import { useKeyList } from './key-list.tsx'
import { LanguageDialog, LanguageItems } from './language-choice.tsx'
import { useShortcutSettings } from './use-shortcuts.ts'

const schemes: readonly (readonly [ColourScheme, Text])[] = [
  ['auto', 'Match system'],
  ['light', 'Light'],
  ['dark', 'Dark'],
]

/** The agent's own settings, and sign-out. */
export function AgentMenu({ name }: { name: string }) {
  const [asked, setAsked] = useState<string>()
  return (
    <>
      <SettingsMenu name={name} onAsk={setAsked} />
      <LanguageDialog asked={asked} onClose={() => setAsked(undefined)} />
    </>
  )
}

/** @param onAsk is called with a language that the agent has to confirm. */
function SettingsMenu({ name, onAsk }: { name: string; onAsk(code: string): void }) {
  const realm = useRealm()
  const [scheme, setScheme] = useState(storedScheme)
  const { shortcutsEnabled, toggleShortcuts } = useShortcutSettings()
  const { isSoundOn, toggleSound } = useSound()
  const showKeys = useKeyList(({ show }) => show)
  const choose = (chosen: ColourScheme) => {
    saveScheme(chosen)
    setScheme(chosen)
  }
  const leave = async () => {
    const goto = await signOut(realm)
    deleteFrontJourneys()
    forgetAllStarting()
    dropDraft()
    location.assign(goto ?? signInUrl(realm, '/desk/'))
  }
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <button type="button" className="agent bare hoverable align-center inked medium" aria-label={name}>
          <span className="avatar stack place-center rigid muted text-small strong" aria-hidden="true">
            {initials(name)}
          </span>
          <bdi className="name one-line">{name}</bdi>
          <IconChevronDown size={14} stroke={2} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('Appearance')}</Menu.Label>
        {schemes.map(([value, title]) => (
          <Menu.Item key={value} aria-current={scheme === value} onClick={() => choose(value)}>
            {t(title)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Label>{t('Language')}</Menu.Label>
        <LanguageItems onAsk={onAsk} />
        <Menu.Divider />
        <Menu.Label>{t('Keyboard shortcuts')}</Menu.Label>
        <Menu.Item onClick={showKeys}>{t('Show')}</Menu.Item>
        <Menu.Item onClick={toggleShortcuts}>{shortcutsEnabled ? t('Turn off') : t('Turn on')}</Menu.Item>
        <Menu.Divider />
        <Menu.Label>{t('Sound for news')}</Menu.Label>
        <Menu.Item onClick={toggleSound}>{isSoundOn ? t('Turn off') : t('Turn on')}</Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={leave}>{t('Sign out')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
