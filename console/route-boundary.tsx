// Keeps a page that cannot be loaded or drawn from taking the header with it.
import { Component, type ReactNode } from "react";

type Props = { readonly children: ReactNode };
type State = { readonly failure: string | undefined };

/** Draws its children, or says why they failed and offers a reload (a new build renames the files of a page). */
export class RouteBoundary extends Component<Props, State> {
  override state: State = { failure: undefined };

  static getDerivedStateFromError(thrown: unknown): State {
    return { failure: thrown instanceof Error ? thrown.message : String(thrown) };
  }

  override render(): ReactNode {
    if (this.state.failure === undefined) return this.props.children;
    return (
      <div className="notice" role="alert">
        <p>This page could not be shown: {this.state.failure}</p>
        <button type="button" onClick={() => location.reload()}>
          Reload
        </button>
      </div>
    );
  }
}
