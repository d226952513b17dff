import { useEffect, useState } from 'react'
import { readDisplayName, readSignedInUser, type SignedInUser, signOut } from '../../api/own-session.ts'
import { Button } from '../components/button.tsx'
import { GatePicture } from '../components/gate-picture.tsx'
import { Sheet } from '../components/sheet.tsx'
import { ownSessionsUrl } from '../flow/urls.ts'
import { cleanText } from '../messages/clean-text.ts'
import { useTexts } from '../translations/texts.tsx'
import { EndPage } from './end-pages.tsx'

type SignedInState = (SignedInUser & { name: string }) | 'signed-out'

/** Shown after a sign-in without a page to redirect to: who is signed in, and sign-out. */
export function SignedInPage({ realm, onSignIn }: { realm: string; onSignIn(): void }) {
  const texts = useTexts()
  const [user, setUser] = useState<SignedInState>()
  useEffect(() => {
    let isCurrent = true
    // If the user cannot be read, the page stays as it is. A read that ends after the sign-out changes nothing.
    readState(realm)
      .then((found) => isCurrent && setUser((known) => (known === 'signed-out' ? known : found)))
      .catch(() => {})
    return () => {
      isCurrent = false
    }
  }, [realm])
  if (user === 'signed-out') {
    return <EndPage heading={texts.signedOut} action={texts.signInAgain} onAction={onSignIn} />
  }
  const endSession = () =>
    signOut(realm)
      .then((goto) => (goto === undefined ? setUser('signed-out') : location.assign(goto)))
      .catch(() => {})
  return (
    <Sheet isFocused picture={<GatePicture shows="done" />} heading={texts.signedIn} lede={texts.close}>
      {user && (
        <dl className="sheet-rows">
          <div>
            <dt>{texts.person}</dt>
            <dd>
              <bdi>{cleanText(user.name, 200)}</bdi>
            </dd>
          </div>
          <div>
            <dt>{texts.realm}</dt>
            <dd>
              <bdi>{cleanText(user.realm, 200)}</bdi>
            </dd>
          </div>
        </dl>
      )}
      {user && (
        <p>
          <a href={ownSessionsUrl(user.realm)}>{texts.ownSessions}</a>
        </p>
      )}
      <Button onClick={() => void endSession()}>{texts.signOut}</Button>
    </Sheet>
  )
}

async function readState(realm: string): Promise<SignedInState> {
  const signedIn = await readSignedInUser(realm)
  if (signedIn === undefined) return 'signed-out'
  return { ...signedIn, name: await readDisplayName(signedIn).catch(() => signedIn.id) }
}
