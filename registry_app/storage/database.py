"""The encrypted SQLite file as SQLAlchemy sees it: the only SQLite of the program.

Transactions are begun here and not by the driver, so that a failed migration rolls back
whole, its changes of tables too. Readers begin deferred and never wait; writers begin
immediate, since one that has read first would fail as soon as another one writes.
"""

import contextlib
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import event
from sqlcipher3 import dbapi2

from registry_app.domain.errors import Refused, RegistryError
from registry_app.storage.key_area import PAGE, PAGES

_BUSY_SECONDS: Final = 5.0
_CACHE_KIB: Final = 32 * 1024
#: Steps of SQLite's machine between two looks at whether to go on with a copy.
_STEPS: Final = 5_000
#: How often it is asked whether everybody reads the newest state, and how long apart.
_TRIES, _PAUSE_SECONDS = 20, 0.1
#: Never set: a wait on it is a pause.
_PAUSE: Final = threading.Event()
_BUSY, _READ_ONLY, _IO_ERROR, _CORRUPT, _FULL, _NOT_A_DB = 5, 8, 10, 11, 13, 26
_SENTENCES: Final = {
    _BUSY: "storage.busy",
    _READ_ONLY: "storage.read-only-file",
    _IO_ERROR: "storage.disk-error",
    _CORRUPT: "storage.damaged",
    _FULL: "storage.disk-full",
    _NOT_A_DB: "storage.damaged",
}


def connect(path: Path, key: bytes, salt: bytes = b"") -> Any:
    """A driver connection. `salt`: only for a new file, its first 16 bytes."""
    connection = dbapi2.connect(
        str(path), timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    # The log would go to the console; a wrong key is told by the first statement.
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}{salt.hex()}'\"")
    return connection


def reserve(path: Path, key: bytes, salt: bytes) -> None:
    """The first page of a new file, and after it pages that SQLite will never touch.

    A table whose one row fills them is struck off the list of tables: then they belong
    to nothing, and are not free either.
    """
    connection = connect(path, key, salt)
    try:
        connection.execute(f"PRAGMA cipher_page_size = {PAGE}")
        connection.execute("PRAGMA auto_vacuum = NONE")
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("CREATE TABLE reserve (bytes BLOB)")
        # One page less: each page also keeps its seal and a pointer to the next.
        connection.execute(
            "INSERT INTO reserve VALUES (zeroblob(?))", [PAGE * (len(PAGES) - 1)]
        )
        root = connection.execute("SELECT rootpage FROM sqlite_master").fetchone()[0]
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("DELETE FROM sqlite_master WHERE name = 'reserve'")
        connection.execute("PRAGMA writable_schema = OFF")
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        if (root, pages) != (PAGES.start, PAGES.stop - 1):
            raise RuntimeError("the reserved pages are not where they must be")
        connection.execute("PRAGMA journal_mode = WAL")
    finally:
        connection.close()


def engine(path: Path, key: bytes) -> sa.Engine:
    """An engine on the file; it connects on first use."""

    def connected() -> Any:
        connection = connect(path, key)
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA temp_store = MEMORY")
        # Pages that are read again are decrypted again: of 2 MB most would be.
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        return connection

    made = sa.create_engine(
        "sqlite://", module=dbapi2, creator=connected, poolclass=sa.pool.QueuePool
    )
    event.listen(made, "begin", _begin)
    return made


def _begin(connection: sa.Connection) -> None:
    driver: Any = connection.connection.driver_connection
    if not driver.in_transaction:  # a writer has begun its own
        driver.execute("BEGIN IMMEDIATE" if _writes(connection) else "BEGIN")


def _writes(connection: sa.Connection) -> bool:
    return bool(connection.get_execution_options().get("writing"))


@contextlib.contextmanager
def reading(made: sa.Engine) -> Iterator[sa.Connection]:
    """One consistent view; nothing can be written through it."""
    with told(), made.connect() as connection, connection.begin() as transaction:
        with _sound(connection.connection.driver_connection):
            yield connection
        transaction.rollback()


@contextlib.contextmanager
def _sound(driver: Any) -> Iterator[None]:
    """Raises Refused where a page that was read in this block has a broken seal.

    SQLCipher gives zeros for such a page. SQLite stumbles over them, but for the last
    page of a long value: nothing else would tell that its end is gone.
    """
    try:
        yield
    except RegistryError:
        raise
    except Exception as error:
        # What was made of the zeros may have failed before anything else did.
        _check_seals(driver, error)
        raise
    _check_seals(driver)


def _check_seals(driver: Any, cause: Exception | None = None) -> None:
    if driver.execute("PRAGMA cipher_status").fetchone()[0] != "1":
        raise Refused("storage.damaged") from cause


@contextlib.contextmanager
def at_rest(path: Path, key: bytes) -> Iterator[sa.Connection]:
    """One view of the file, during which none of its bytes changes but its key area.

    All of the log is in the file as it begins; then whoever reads the file alone, and
    not the log, keeps SQLite from folding the log into it. Others write on, to the log.

    Raises Refused where somebody goes on reading an older state.
    """
    made = engine(path, key)
    writer = Writer(made)
    try:
        for _ in range(_TRIES):
            # Nobody writes until the view has begun.
            with contextlib.ExitStack() as held, writer.transaction():
                if folded(path, key):
                    connection = held.enter_context(reading(made))
                    connection.exec_driver_sql("SELECT count(*) FROM sqlite_master")
                    view = held.pop_all()
                    break
            _PAUSE.wait(_PAUSE_SECONDS)
        else:
            raise Refused("storage.busy")
        with view:
            yield connection
    finally:
        writer.close()
        made.dispose()


class Writer:
    """The one connection that writes; the threads of the program take turns at it."""

    def __init__(self, made: sa.Engine) -> None:
        self._connection = made.connect()
        # Begun and committed on the driver itself: it is a tenth of what a save costs.
        self._driver: Any = self._connection.connection.driver_connection
        self._turn = threading.RLock()
        #: What was written last, for the unit of work (work.py).
        self.last: Any = None

    @contextlib.contextmanager
    def transaction(self) -> Iterator[sa.Connection]:
        """One write transaction, for the caller to `commit`; else it rolls back."""
        with self._turn, told():
            try:
                self._driver.execute("BEGIN IMMEDIATE")
                with _sound(self._driver):
                    yield self._connection
            finally:
                self._undo()

    def commit(self) -> None:
        """End the transaction: all of it is on the disk."""
        _check_seals(self._driver)
        self._driver.commit()

    def _undo(self) -> None:
        """Leave nothing open, here or in SQLite: a commit that failed does."""
        self._connection.rollback()
        if self._driver.in_transaction:
            self._driver.rollback()

    def close(self) -> None:
        """Once nobody is writing any more."""
        with self._turn:
            self._connection.close()


@contextlib.contextmanager
def told() -> Iterator[None]:
    """What the disk or a damaged file does becomes a sentence; a bug stays a bug."""
    try:
        yield
    except (sa.exc.DBAPIError, dbapi2.Error) as error:
        origin = error.orig if isinstance(error, sa.exc.DBAPIError) else error
        key = _SENTENCES.get((getattr(origin, "sqlite_errorcode", 0) or 0) & 0xFF)
        if key is None:
            raise
        raise Refused(key) from error


def revision(path: Path, key: bytes) -> str:
    """The revision of the tables: the first thing that is read of a file.

    Raises Refused where the file is shorter than it says itself, or damaged.
    """
    connection = connect(path, key)
    try:
        _first_page(connection, path)
        with told():
            query = "SELECT version_num FROM alembic_version"
            rows = connection.execute(query).fetchall()
        if len(rows) != 1:
            raise Refused("storage.damaged")
        return str(rows[0][0])
    finally:
        connection.close()


def _first_page(connection: Any, path: Path) -> None:
    try:
        connection.execute("PRAGMA schema_version").fetchone()
    except dbapi2.DatabaseError as error:
        # With the right key and a sound first page, SQLite has one reason to call the
        # file malformed: it is shorter than that page says.
        short = error.sqlite_errorcode & 0xFF == _CORRUPT
        sentence = "storage.truncated" if short else "storage.damaged"
        raise Refused(sentence, file=path.name) from error


def damage(path: Path, key: bytes) -> list[str]:
    """What SQLCipher and SQLite find wrong with the pages of the file, in their words.

    The pages of the key slots are told of by both, and must be: SQLite calls each of
    them unused, SQLCipher finds no seal on them. Anything else is damage.
    """
    never_used = {f"Page {page}: never used" for page in PAGES}
    unsealed = {f"HMAC verification failed for page {page}" for page in PAGES}
    _lines(path, key, "wal_checkpoint(TRUNCATE)")
    # Each reads every page: side by side they take half as long.
    with ThreadPoolExecutor(max_workers=1) as beside:
        sealed = beside.submit(_lines, path, key, "cipher_integrity_check")
        pages = _lines(path, key, f"integrity_check({100 + len(PAGES)})")
        seals = sealed.result()
    pages.discard("*** in database main ***")
    # A check that stumbles over damage does not come as far as other pages, and calls
    # them unused too: that says nothing then.
    stumbled = {line for line in pages if not line.endswith(": never used")}
    return sorted(
        (seals - unsealed or unsealed - seals)
        | (stumbled or pages - never_used or never_used - pages)
    )


def _lines(path: Path, key: bytes, pragma: str) -> set[str]:
    connection = connect(path, key)
    try:
        rows = connection.execute(f"PRAGMA {pragma}").fetchall()
    except dbapi2.DatabaseError as error:
        return {str(error)}
    finally:
        connection.close()
    return {line for text, *_ in rows for line in str(text).splitlines()}


def fold(path: Path, key: bytes) -> None:
    """Bring the write-ahead log into the file and to the disk: then it is one file."""
    connection = connect(path, key)
    try:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        connection.close()


def folded(path: Path, key: bytes) -> bool:
    """Whether all of the write-ahead log is in the file; asked while nobody writes."""
    connection = connect(path, key)
    try:
        _, frames, done = connection.execute(
            "PRAGMA wal_checkpoint(PASSIVE)"
        ).fetchone()
    finally:
        connection.close()
    return bool(frames == done)


def copy_rows(
    path: Path, key: bytes, part: Path, new_key: bytes, look: Callable[[], None]
) -> None:
    """All tables of a file, their rows, and all else of its schema, into a new one.

    In one transaction, while nobody writes to the old one. `look`: called now and then;
    what it raises ends it.
    """
    connection = connect(part, new_key)
    try:
        connection.execute("PRAGMA temp_store = MEMORY")
        attach = f"ATTACH DATABASE ? AS old KEY \"x'{key.hex()}'\""
        connection.execute(attach, [str(path)])
        with looking(connection, look):
            # Not immediate: that would wait for whoever keeps the old file from change.
            connection.execute("BEGIN")
            made = connection.execute(
                "SELECT type, name, sql FROM old.sqlite_master"
                " WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY rowid"
            ).fetchall()
            for kind, name, sql in made:
                if kind == "table":
                    connection.execute(sql)
                    rows = f'INSERT INTO main."{name}" SELECT * FROM old."{name}"'
                    connection.execute(rows)
            for kind, _, sql in made:  # after the rows, which they would slow or refuse
                if kind != "table":
                    connection.execute(sql)
            connection.execute("COMMIT")
    finally:
        connection.close()


@contextlib.contextmanager
def looking(connection: Any, look: Callable[[], None]) -> Iterator[None]:
    """Call `look` while SQLite works, and raise what it raises."""
    raised: list[BaseException] = []

    def looked() -> int:
        try:
            look()
        except BaseException as error:
            raised.append(error)
        return len(raised)

    connection.set_progress_handler(looked, _STEPS)
    try:
        yield
    except Exception:
        if raised:
            raise raised[0] from None
        raise
    finally:
        connection.set_progress_handler(None, 0)


@contextlib.contextmanager
def without_foreign_keys(connection: sa.Connection) -> Iterator[None]:
    """While a migration rebuilds a table, dropping the old one must not cascade.

    SQLite ignores the setting inside a transaction: it goes to the driver, before one.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys = OFF")
    if driver.execute("PRAGMA foreign_keys").fetchone()[0]:
        raise RuntimeError("a transaction is open: foreign keys stay on")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys = ON")


def check_foreign_keys(connection: sa.Connection) -> None:
    """After they were off: nothing may point nowhere."""
    if connection.dialect.name == "sqlite" and (
        connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    ):
        raise RuntimeError("a foreign key points nowhere")
