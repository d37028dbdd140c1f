CREATE TABLE IF NOT EXISTS financial (
    id SERIAL PRIMARY KEY,
    user_id UUID NOT NULL REFERENCES users (id),
    amount NUMERIC(12, 2) NOT NULL,
    booked_at TIMESTAMP NOT NULL DEFAULT now()
);
CREATE INDEX IF NOT EXISTS financial_user ON financial (user_id);
