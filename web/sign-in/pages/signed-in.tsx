import { useEffect, useState } from 'react'
import { readDisplayName, readSignedInUser, type SignedInUser, signOut } from '../../api/own-session.ts'
import { Button } from '../components/button.tsx'
import { GatePicture } from '../components/gate-picture.tsx'
import { Sheet } from '../components/sheet.tsx'
import { plain } from '../messages/plain.ts'
import { useWords } from '../translations/words.tsx'
import { PlainEnd } from './caller-ends.tsx'

type Who = (SignedInUser & { name: string }) | 'nobody'

/** Whoever has no other place to go sees who they are here, and the way out. */
export function SignedInPage({ realm, onSignIn }: { realm: string; onSignIn(): void }) {
  const words = useWords()
  const [who, setWho] = useState<Who>()
  useEffect(() => {
    let isWanted = true
    // Nobody is signed out because a name could not be read.
    findOut(realm)
      .then((found) => isWanted && setWho(found))
      .catch(() => {})
    return () => {
      isWanted = false
    }
  }, [realm])
  if (who === 'nobody') {
    return <PlainEnd heading={words.signedOut} action={words.signInAgain} onAction={onSignIn} />
  }
  const leave = () =>
    signOut(realm)
      .then(() => setWho('nobody'))
      .catch(() => {})
  return (
    <Sheet isFocused picture={<GatePicture shows="done" />} heading={words.signedIn} lede={words.close}>
      {who && (
        <dl className="sheet-rows">
          <div>
            <dt>{words.person}</dt>
            <dd>
              <bdi>{plain(who.name, 200)}</bdi>
            </dd>
          </div>
          <div>
            <dt>{words.realm}</dt>
            <dd>
              <bdi>{plain(who.realm, 200)}</bdi>
            </dd>
          </div>
        </dl>
      )}
      <Button onClick={() => void leave()}>{words.signOut}</Button>
    </Sheet>
  )
}

async function findOut(realm: string): Promise<Who> {
  const signedIn = await readSignedInUser(realm)
  if (signedIn === undefined) return 'nobody'
  return { ...signedIn, name: await readDisplayName(signedIn).catch(() => signedIn.id) }
}
