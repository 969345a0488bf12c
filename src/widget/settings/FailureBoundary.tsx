import { Component, createRef } from 'react';
import type { ReactNode } from 'react';
import { FailureNotice } from './FailureNotice.js';

interface Props {
  children: ReactNode;
}

interface State {
  failed: boolean;
}

/** Shows {@link FailureNotice} when anything inside throws while it renders; its retry mounts the inside anew. */
export class FailureBoundary extends Component<Props, State> {
  static getDerivedStateFromError(): State {
    return { failed: true };
  }

  override state: State = { failed: false };

  private readonly panel = createRef<HTMLDivElement>();

  override render(): ReactNode {
    return (
      <div ref={this.panel} tabIndex={-1} className="pipeline-messenger__panel">
        {this.state.failed ? <FailureNotice onRetry={this.retry} /> : this.props.children}
      </div>
    );
  }

  private readonly retry = (): void => {
    // The button is about to go: without a new place the keyboard's focus would fall out of the modal.
    this.panel.current?.focus();
    this.setState({ failed: false });
  };
}
