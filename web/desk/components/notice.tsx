import './notice.css'
import { Button } from '@mantine/core'
import { IconAlertTriangle, IconWifiOff } from '@tabler/icons-react'
import type { ReactNode } from 'react'

export type NoticeProps = {
  tone: 'warn' | 'bad'
  title: string
  children: ReactNode
  onRetry?: () => void
  retry?: string
}

/** A problem and what to do about it. */
export function Notice({ tone, title, children, onRetry, retry = 'Try again' }: NoticeProps) {
  const Icon = tone === 'warn' ? IconWifiOff : IconAlertTriangle
  return (
    <section className={`notice ${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>
      <Icon size={18} stroke={1.75} aria-hidden />
      <p>
        <b>{title}</b> {children}
      </p>
      {onRetry !== undefined && (
        <Button variant="default" size="xs" onClick={onRetry}>
          {retry}
        </Button>
      )}
    </section>
  )
}
