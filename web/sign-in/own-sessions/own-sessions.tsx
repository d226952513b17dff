import './own-sessions.css'
import { useEffect, useRef, useState } from 'react'
import { freshSignInUrl, signInUrl, signOut } from '../../api/own-session.ts'
import { Button } from '../components/button.tsx'
import { NoticeBox } from '../components/notice.tsx'
import { Sheet } from '../components/sheet.tsx'
import { ownSessionsUrl } from '../flow/urls.ts'
import { cleanText } from '../messages/clean-text.ts'
import { type Texts, useTexts } from '../translations/texts.tsx'
import { OwnDevices } from './own-devices.tsx'
import { SessionList } from './session-list.tsx'
import { type Trouble, useOwnAccount } from './use-own-account.ts'

type Props = { realm: string; language: string; texts: Texts['sessionsPage'] }

/** The content of the page: sessions, then devices, then the sign-out. */
export function OwnSessions({ realm, language, texts }: Props) {
  const common = useTexts()
  const { account, trouble, reload, end, remove } = useOwnAccount(realm)
  const [done, setDone] = useState({ text: '' })
  const status = useRef<HTMLParagraphElement>(null)
  // The button that was pressed is gone, so the focus goes to what happened.
  useEffect(() => {
    if (done.text !== '') status.current?.focus()
  }, [done])
  const report = (text: string) => setDone({ text })
  const leave = () =>
    signOut(realm)
      .then((goto) => location.assign(goto ?? signInUrl(realm, ownSessionsUrl(realm))))
      .catch(() => reload())
  const name = cleanText(account?.user.name ?? '', 200)
  return (
    <Sheet heading={texts.title} lede={account && <Lede text={texts.lede} name={name} />}>
      <p className="own-done" ref={status} tabIndex={-1} role="status">
        {done.text}
      </p>
      {trouble && <TroubleNotice trouble={trouble} realm={realm} texts={texts} onRetry={reload} />}
      {account ? (
        <>
          <SessionList sessions={account.sessions} {...{ language, texts, end }} onDone={report} />
          <OwnDevices devices={account.devices} {...{ language, texts, remove }} onDone={report} />
          <Button onClick={() => void leave()}>{common.signOut}</Button>
        </>
      ) : (
        !trouble && (
          <div className="skeleton" aria-hidden="true">
            <i />
            <i />
            <i />
          </div>
        )
      )}
    </Sheet>
  )
}

/** The name may be written in the other direction. */
function Lede({ text, name }: { text: string; name: string }) {
  const [before, after = ''] = text.split('{name}')
  return (
    <>
      {before}
      <b>
        <bdi>{name}</bdi>
      </b>
      {after}
    </>
  )
}

type TroubleProps = { trouble: Trouble; realm: string; texts: Texts['sessionsPage']; onRetry(): void }

function TroubleNotice({ trouble, realm, texts, onRetry }: TroubleProps) {
  if (trouble === 'method') {
    return (
      <NoticeBox tone="warn" role="alert">
        {texts.mayNotRemove}
      </NoticeBox>
    )
  }
  const isSignIn = trouble === 'signIn'
  return (
    <>
      <NoticeBox tone="warn" role="alert">
        {isSignIn ? texts.signInAgainText : texts.failed}
      </NoticeBox>
      <Button
        kind="main"
        onClick={() => (isSignIn ? location.assign(freshSignInUrl(realm, ownSessionsUrl(realm))) : onRetry())}
      >
        {isSignIn ? texts.signInAgain : texts.retry}
      </Button>
    </>
  )
}
