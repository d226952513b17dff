import { Button, Text } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { signInPage, whoIsSignedIn } from '../../../wire/session.ts'
import { useEditorStore } from '../editor-context.tsx'
import { downloadDraft } from '../saving/download-draft.ts'
import { useChanges } from '../saving/use-changes.ts'
import { Sheet } from './sheet.tsx'

/** The session ended: sign in again in a window beside, and go on where one was. */
export function SignedOutDialog() {
  const store = useEditorStore()
  const { count } = useChanges()
  const signIn = useSigningIn(() => store.getState().close())
  return (
    <Sheet title="You were signed out" closeOnClickOutside={false} withCloseButton={false}>
      <Text>
        Your session ended.{' '}
        {count === 0
          ? 'Sign in again and go on where you were.'
          : `Your ${count === 1 ? 'change is' : `${count} changes are`} safe in this window: sign in again and go on where you were.`}
      </Text>
      {signIn.isStillOut && (
        <Text role="status" size="sm" mt="sm">
          Nobody is signed in yet.
        </Text>
      )}
      <div className="sheet-acts">
        <Button className="aside" variant="subtle" color="gray" onClick={() => downloadDraft(store)}>
          Download my changes
        </Button>
        {signIn.isOpen && (
          <Button variant="default" onClick={signIn.check}>
            Try again
          </Button>
        )}
        <Button onClick={signIn.open} data-autofocus>
          Sign in again
        </Button>
      </div>
    </Sheet>
  )
}

function useSigningIn(onBack: () => void) {
  const page = useRef<Window | null>(null)
  const [isOpen, setOpen] = useState(false)
  const [isStillOut, setStillOut] = useState(false)
  const check = async () => {
    try {
      const who = await whoIsSignedIn('/')
      if (who === undefined) {
        setStillOut(true)
        return
      }
      page.current?.close()
      onBack()
    } catch {
      setStillOut(true)
    }
  }
  useEffect(() => {
    if (!isOpen) return
    addEventListener('focus', check)
    return () => removeEventListener('focus', check)
  })
  return {
    isOpen,
    isStillOut,
    check,
    open() {
      page.current = open(
        signInPage('/', '/console/journeys'),
        'sidegate-sign-in',
        'popup,width=520,height=720',
      )
      setOpen(true)
    },
  }
}
