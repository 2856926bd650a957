-- Times are Unix seconds, days are YYYY-MM-DD, conversations and lists are JSON.

CREATE TABLE owner (bot_id INTEGER NOT NULL);

-- One person's conversation in one chat or topic; thread_id is 0 outside topics.
CREATE TABLE conversations (
    chat_id INTEGER NOT NULL,
    thread_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    conversation TEXT NOT NULL,
    album TEXT,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (chat_id, thread_id, user_id)
) WITHOUT ROWID;

CREATE TABLE preferences (
    chat_id INTEGER NOT NULL,
    thread_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    language TEXT NOT NULL,
    PRIMARY KEY (chat_id, thread_id, user_id)
) WITHOUT ROWID;

CREATE TABLE turns (
    chat_id INTEGER NOT NULL,
    thread_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    message_id INTEGER NOT NULL,
    before TEXT NOT NULL,
    answered_at INTEGER NOT NULL,
    PRIMARY KEY (chat_id, thread_id, user_id, message_id)
) WITHOUT ROWID;

-- The bot's messages of a turn, in order; the picture has no position.
CREATE TABLE sent (
    chat_id INTEGER NOT NULL,
    message_id INTEGER NOT NULL,
    fingerprint BLOB NOT NULL,
    thread_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    turn_message_id INTEGER NOT NULL,
    position INTEGER,
    PRIMARY KEY (chat_id, message_id),
    FOREIGN KEY (chat_id, thread_id, user_id, turn_message_id) REFERENCES turns ON DELETE CASCADE
) WITHOUT ROWID;

CREATE INDEX sent_of_turn ON sent (chat_id, thread_id, user_id, turn_message_id);

-- Of nobody: these two lead back to no one.
CREATE TABLE unanswered (
    question TEXT NOT NULL,
    language TEXT NOT NULL,
    reason TEXT NOT NULL,
    day TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (question, language, reason, day)
) WITHOUT ROWID;

CREATE TABLE feedback (
    id INTEGER PRIMARY KEY,
    text TEXT NOT NULL,
    question TEXT NOT NULL,
    language TEXT NOT NULL,
    passages TEXT NOT NULL,
    day TEXT NOT NULL
);

-- Updates as Telegram gave them. What is answered keeps its number alone, so that it is known when it comes again.
CREATE TABLE inbox (
    update_id INTEGER PRIMARY KEY,
    user_id INTEGER,
    content TEXT,
    received_at INTEGER NOT NULL
);
