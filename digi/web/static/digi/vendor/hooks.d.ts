// What the island uses of Preact's hooks.
type Dependencies = readonly unknown[];
type Effect = () => void | (() => void);
export function useState<S>(initial: S | (() => S)): [S, (next: S | ((now: S) => S)) => void];
export function useRef<T>(initial: T): { current: T };
export function useEffect(effect: Effect, on?: Dependencies): void;
export function useLayoutEffect(effect: Effect, on?: Dependencies): void;
export function useMemo<T>(make: () => T, on: Dependencies): T;
export function useCallback<F>(run: F, on: Dependencies): F;
export function useContext<T>(context: { Provider: any; __: T }): T;
export function useId(): string;
export function useErrorBoundary(caught?: (error: unknown) => void): [unknown, () => void];
